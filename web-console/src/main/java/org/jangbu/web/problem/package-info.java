/**
 * What went wrong, as a value: one stable code for each cause, its HTTP status and what a caller can do about it (RFC 9457). Pure Java; the
 * REST face writes it, the console words it. Entry points: {@link org.jangbu.web.problem.Problem}, {@link
 * org.jangbu.web.problem.ProblemCode}.
 */
@NullMarked
package org.jangbu.web.problem;

import org.jspecify.annotations.NullMarked;
