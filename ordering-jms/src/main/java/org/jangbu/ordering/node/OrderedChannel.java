package org.jangbu.ordering.node;

import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ordering.deliver.OrdererLedger;
import org.jangbu.ordering.sequence.ChannelOrderer;

/** One orderer node's part in one channel. */
record OrderedChannel(LocalNode node, OrdererLedger ledger, ChannelOrderer orderer) {}
