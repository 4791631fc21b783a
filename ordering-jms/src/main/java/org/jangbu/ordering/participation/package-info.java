/**
 * How orderers of this server join and leave channels while it runs: what Fabric calls channel participation. Entry point: {@link
 * org.jangbu.ordering.participation.ChannelParticipation}; faces call it.
 */
@NullMarked
package org.jangbu.ordering.participation;

import org.jspecify.annotations.NullMarked;
