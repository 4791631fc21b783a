/**
 * How a peer comes by private data that it should have and has not: it asks other members, believes nobody, and answers members alike. Entry points: {@link
 * org.jangbu.peer.reconcile.Reconciler}, {@link org.jangbu.peer.reconcile.SetAnswers}.
 */
@NullMarked
package org.jangbu.peer.reconcile;

import org.jspecify.annotations.NullMarked;
