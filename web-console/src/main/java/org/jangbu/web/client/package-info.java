/**
 * What a client's own library does, for callers whose key the server keeps: build and sign proposals, put endorsements together, sign
 * transactions. Pure Java. Entry points: {@link org.jangbu.web.client.Proposals}, {@link org.jangbu.web.client.Transactions}.
 */
@NullMarked
package org.jangbu.web.client;

import org.jspecify.annotations.NullMarked;
