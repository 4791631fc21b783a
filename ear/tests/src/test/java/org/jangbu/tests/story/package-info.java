/** The sample that plays how a network grows, as a whole. */
@NullMarked
package org.jangbu.tests.story;

import org.jspecify.annotations.NullMarked;
