/**
 * The signed-in caller and the ledgers as it may see them; shared by all faces. Entry points: {@link org.jangbu.web.access.CallerIdentity},
 * {@link org.jangbu.web.access.Ledgers}.
 */
@NullMarked
package org.jangbu.web.access;

import org.jspecify.annotations.NullMarked;
