/** The certificate authorities of a running server, as Fabric's clients and as strangers see them. */
@NullMarked
package org.jangbu.tests.ca;

import org.jspecify.annotations.NullMarked;
