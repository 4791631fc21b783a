/** Views and problems as JSON. Entry points: {@link org.jangbu.web.json.JsonRecords}, {@link org.jangbu.web.json.ProblemJson}. */
@NullMarked
package org.jangbu.web.json;

import org.jspecify.annotations.NullMarked;
