/**
 * Blocks and transactions as people and programs want to see them: Fabric's messages taken apart into plain records, which REST writes as
 * JSON and the console shows. Pure Java; nothing here throws on what a stranger put into a block. Entry points: {@link
 * org.jangbu.web.view.BlockView}, {@link org.jangbu.web.view.TransactionView}.
 */
@NullMarked
package org.jangbu.web.view;

import org.jspecify.annotations.NullMarked;
