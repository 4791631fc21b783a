package org.jangbu.ordering.node;

import org.jangbu.model.NodeName;
import org.jangbu.ordering.deliver.OrdererLedger;
import org.jangbu.ordering.sequence.ChannelOrderer;

/** One orderer node's part in one channel. */
record OrderedChannel(NodeName node, OrdererLedger ledger, ChannelOrderer orderer) {}
