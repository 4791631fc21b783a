/** The settings of web-console: key, default, unit and meaning in one place. Entry point: {@link org.jangbu.web.settings.WebSetting}. */
@NullMarked
package org.jangbu.web.settings;

import org.jspecify.annotations.NullMarked;
