/**
 * The console: pages in Jakarta Faces with PrimeFaces over the same views that REST gives. Pages read; what they show comes from the ledger
 * as the signed-in user may see it. Entry points: {@link org.jangbu.web.console.ChannelsPage}, {@link org.jangbu.web.console.BlockPage},
 * {@link org.jangbu.web.console.TransactionPage}.
 */
@NullMarked
package org.jangbu.web.console;

import org.jspecify.annotations.NullMarked;
