/** What plug-ins are shown of transactions. Entry point: {@link org.jangbu.peer.plugin.PluginWrites}. */
@NullMarked
package org.jangbu.peer.plugin;

import org.jspecify.annotations.NullMarked;
