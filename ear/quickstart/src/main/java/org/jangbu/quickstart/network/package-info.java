/** The network of a trial: {@link org.jangbu.quickstart.network.TrialNetwork} makes organisations, nodes, a channel and a contract ready to run in one folder. */
@NullMarked
package org.jangbu.quickstart.network;

import org.jspecify.annotations.NullMarked;
