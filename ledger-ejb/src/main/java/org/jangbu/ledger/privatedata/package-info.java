/**
 * Private data: values that only members of a collection hold, while every ledger holds their hashes. Entry points: {@link
 * org.jangbu.ledger.privatedata.PrivateStore} for what is committed, {@link org.jangbu.ledger.privatedata.TransientStore} for what waits
 * between endorsement and commit.
 */
@NullMarked
package org.jangbu.ledger.privatedata;

import org.jspecify.annotations.NullMarked;
