/**
 * Events of channels as readers by HTTP see them: where each stands, what is told of it, and what readers may take. A reader can go on elsewhere, later, where
 * it stopped. Entry point: {@link org.jangbu.web.event.Feed}.
 */
@NullMarked
package org.jangbu.web.event;

import org.jspecify.annotations.NullMarked;
