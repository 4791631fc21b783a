/**
 * What a client's own library does, for callers whose key the server keeps: have proposals endorsed, put endorsements together, sign
 * transactions. Pure Java. Entry points: {@link org.jangbu.web.client.ManagedClient}, {@link org.jangbu.web.client.Transactions}.
 */
@NullMarked
package org.jangbu.web.client;

import org.jspecify.annotations.NullMarked;
