/** The nodes this server hosts: names, roles, local MSPs and folders under {@code jangbu.home}. */
@NullMarked
package org.jangbu.ledger.node;

import org.jspecify.annotations.NullMarked;
