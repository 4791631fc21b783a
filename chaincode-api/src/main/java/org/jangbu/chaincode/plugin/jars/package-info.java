/** Plug-ins from jars that the server's operator has put into a folder. Entry point: {@link org.jangbu.chaincode.plugin.jars.PluginJars}. */
@NullMarked
package org.jangbu.chaincode.plugin.jars;

import org.jspecify.annotations.NullMarked;
