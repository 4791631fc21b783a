package org.jangbu.peer.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.peer.ChaincodeData;
import org.hyperledger.fabric.protos.peer.ChaincodeQueryResponse;
import org.hyperledger.fabric.protos.peer.ProcessedTransaction;
import org.hyperledger.fabric.protos.peer.Response;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ParsedBlock;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.endorse.TestProposal;
import org.jangbu.peer.lifecycle.node.LsccChaincode;
import org.jangbu.peer.lifecycle.node.NodePackages;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code qscc} and {@code lscc} answer about the ledger of a real Fabric network. */
class SystemQueriesTest {
    private static final int LAST = 9;

    @TempDir
    Path folder;

    private TestPeer peer = new TestPeer(1);

    @BeforeEach
    void a_peer_with_the_ledger() throws IOException {
        TestPeer with = TestPeer.upTo(1, LAST);
        peer = with.system(new QsccChaincode(with.resources().channels()))
                .system(new LsccChaincode(
                        with.resources().node(),
                        with.resources().localMembership(),
                        new NodePackages(
                                with.resources().node(),
                                new InstalledPackages(folder.resolve("packages"), folder.resolve("work")),
                                ChaincodePackage.MAX_BYTES)));
    }

    @Test
    void qscc_gives_height_blocks_and_transactions() throws Exception {
        Block newest = FabricVectors.block(LAST);
        BlockchainInfo info = BlockchainInfo.parseFrom(payload("qscc", "GetChainInfo", TestPeer.CHANNEL));
        assertThat(info.getHeight()).isEqualTo(LAST + 1);
        assertThat(info.getCurrentBlockHash()).isEqualTo(BlockHash.of(newest.getHeader()));
        assertThat(info.getPreviousBlockHash()).isEqualTo(newest.getHeader().getPreviousHash());
        for (String number : List.of("9", "18446744073709551615")) {
            assertThat(Block.parseFrom(payload("qscc", "GetBlockByNumber", TestPeer.CHANNEL, number))
                            .getHeader())
                    .isEqualTo(newest.getHeader());
        }
        Block seventh = FabricVectors.block(7);
        String txId = ParsedBlock.parse(seventh)
                .transactions()
                .get(0)
                .envelope()
                .orElseThrow()
                .txId()
                .value();
        assertThat(Block.parseFrom(payload("qscc", "GetBlockByTxID", TestPeer.CHANNEL, txId))
                        .getHeader())
                .isEqualTo(seventh.getHeader());
        ProcessedTransaction transaction =
                ProcessedTransaction.parseFrom(payload("qscc", "GetTransactionByID", TestPeer.CHANNEL, txId));
        assertThat(transaction.getTransactionEnvelope().toByteString())
                .isEqualTo(seventh.getData().getData(0));
        assertThat(transaction.getValidationCode()).isZero();
        Response byHash = peer.endorser()
                .process(TestProposal.of()
                        .chaincode("qscc")
                        .args(List.of(
                                ByteString.copyFromUtf8("GetBlockByHash"),
                                ByteString.copyFromUtf8(TestPeer.CHANNEL),
                                BlockHash.of(seventh.getHeader())))
                        .signed())
                .getResponse();
        assertThat(Block.parseFrom(byHash.getPayload()).getHeader()).isEqualTo(seventh.getHeader());
    }

    @Test
    void qscc_refuses_in_fabrics_words() throws Exception {
        assertThat(message("qscc", "GetChainInfo")).isEqualTo("Incorrect number of arguments, 1");
        assertThat(message("qscc", "GetBlockByNumber", TestPeer.CHANNEL))
                .isEqualTo("missing 3rd argument for GetBlockByNumber");
        assertThat(message("qscc", "GetChainInfo", "other")).isEqualTo("Invalid chain ID, other");
        assertThat(message("qscc", "GetBlockByNumber", TestPeer.CHANNEL, "10"))
                .isEqualTo("Failed to get block number 10, error no such block number [10] in index");
        assertThat(message("qscc", "GetBlockByNumber", TestPeer.CHANNEL, "-1"))
                .isEqualTo("Failed to parse block number with error strconv.ParseUint: parsing \"-1\": invalid syntax");
        assertThat(message("qscc", "GetBlockByHash", TestPeer.CHANNEL, "x"))
                .isEqualTo("Failed to get block hash x, error no such block hash [78] in index");
        assertThat(message("qscc", "GetTransactionByID", TestPeer.CHANNEL, "ab"))
                .isEqualTo("Failed to get transaction with id ab, error no such transaction ID [ab] in index");
        assertThat(message("qscc", "GetBlockByTxID", TestPeer.CHANNEL, "ab"))
                .isEqualTo("Failed to get block for txID ab, error no such transaction ID [ab] in index");
        assertThat(message("qscc", "GetEverything", TestPeer.CHANNEL, "ab"))
                .contains("access denied for [GetEverything]");
    }

    @Test
    void lscc_tells_of_what_the_lifecycle_has_defined() throws Exception {
        ChaincodeQueryResponse all = ChaincodeQueryResponse.parseFrom(payload("lscc", "GetChaincodes"));
        assertThat(all.getChaincodesList()).singleElement().satisfies(found -> {
            assertThat(found.getName()).isEqualTo("basic");
            assertThat(found.getVersion()).isEqualTo("1.0");
            assertThat(found.getEscc()).isEqualTo("escc");
            assertThat(found.getVscc()).isEqualTo("vscc");
        });
        assertThat(payload("lscc", "getid", TestPeer.CHANNEL, "basic").toStringUtf8())
                .isEqualTo("basic");
        ChaincodeData data = ChaincodeData.parseFrom(payload("lscc", "getccdata", TestPeer.CHANNEL, "basic"));
        assertThat(data.getVersion()).isEqualTo("1.0");
        assertThat(message("lscc", "GetChaincodeData", TestPeer.CHANNEL, "none"))
                .isEqualTo("could not find chaincode with name 'none'");
        assertThat(message("lscc", "GetCollectionsConfig", "basic"))
                .isEqualTo("collections config not defined for chaincode basic");
        assertThat(message("lscc", "getid", "other", "basic")).contains("access denied for [getid][other]");
        assertThat(message("lscc", "getchaincodes", "more")).isEqualTo("invalid number of arguments to lscc: 2");
    }

    @Test
    void lscc_defines_nothing_and_installs_for_administrators_alone() throws Exception {
        assertThat(message("lscc", "deploy", TestPeer.CHANNEL, "spec"))
                .isEqualTo("Channel 'mychannel' has been migrated to the new lifecycle, LSCC is now read-only");
        assertThat(message("lscc", "install", "package")).contains("access denied for [install]");
        assertThat(message("lscc", "getinstalledchaincodes")).contains("access denied");
        assertThat(message("lscc", "start")).isEqualTo("invalid function to lscc: start");
    }

    private ByteString payload(String chaincode, String... args) throws Exception {
        Response response = response(chaincode, args);
        assertThat(response.getMessage()).isEmpty();
        return response.getPayload();
    }

    private String message(String chaincode, String... args) throws Exception {
        Response response = response(chaincode, args);
        assertThat(response.getStatus()).isEqualTo(500);
        return response.getMessage();
    }

    private Response response(String chaincode, String... args) throws Exception {
        return peer.endorser()
                .process(TestProposal.of(args).chaincode(chaincode).signed())
                .getResponse();
    }
}
