/** Batches and blocks as JMS messages: what is sent, what is read, and the connection they take. */
@NullMarked
package org.jangbu.ordering.jms;

import org.jspecify.annotations.NullMarked;
