@NullMarked
package org.jangbu.model.json;

import org.jspecify.annotations.NullMarked;
