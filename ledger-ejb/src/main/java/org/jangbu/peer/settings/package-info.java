/** The settings of a peer: key, default, unit and meaning in one place. Entry point: {@link org.jangbu.peer.settings.PeerSetting}. */
@NullMarked
package org.jangbu.peer.settings;

import org.jspecify.annotations.NullMarked;
