/**
 * A WildFly that belongs to one folder: {@link org.jangbu.quickstart.wildfly.WildFlyInstallation} unpacks and configures it with the same scripts an operator
 * would use, {@link org.jangbu.quickstart.wildfly.WildFlyServer} runs it as a child process.
 */
@NullMarked
package org.jangbu.quickstart.wildfly;

import org.jspecify.annotations.NullMarked;
