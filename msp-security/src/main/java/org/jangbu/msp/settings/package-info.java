/** The settings of msp-security: key, default, unit and meaning in one place. */
@NullMarked
package org.jangbu.msp.settings;

import org.jspecify.annotations.NullMarked;
