package org.jangbu.msp.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLanguageTest {
    /** As {@code peer lifecycle chaincode} encodes it: written out by hand from the message definitions. */
    @Test
    void compiles_to_fabrics_bytes() throws Exception {
        SignaturePolicyEnvelope policy = PolicyLanguage.parse("AND('Org1MSP.peer','Org2MSP.peer')");
        assertThat(HexFormat.of().formatHex(policy.toByteArray()))
                .isEqualTo("120c" + "120a0802" + "12020800" + "12020801"
                        + "1a0d" + "120b" + "0a07" + hex("Org1MSP") + "1003"
                        + "1a0d" + "120b" + "0a07" + hex("Org2MSP") + "1003");
    }

    @Test
    void numbers_the_principals_of_inner_gates_first() throws Exception {
        SignaturePolicyEnvelope policy = PolicyLanguage.parse("OR('A.member', AND('B.member', 'C.member'), 'D.admin')");
        assertThat(names(policy)).containsExactly("B.member", "C.member", "A.member", "D.admin");
        assertThat(policy.getRule().getNOutOf().getRules(0).getSignedBy()).isEqualTo(2);
        assertThat(policy.getRule()
                        .getNOutOf()
                        .getRules(1)
                        .getNOutOf()
                        .getRules(0)
                        .getSignedBy())
                .isZero();
        assertThat(policy.getRule().getNOutOf().getRules(2).getSignedBy()).isEqualTo(3);
    }

    @Test
    void gives_each_mention_its_own_entry() throws Exception {
        assertThat(names(PolicyLanguage.parse("AND('A.peer', 'A.peer')"))).containsExactly("A.peer", "A.peer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "And('A.peer', 'B.peer')|AND('A.peer', 'B.peer')",
                "and('A.peer','B.peer')|AND('A.peer', 'B.peer')",
                "Or(\"A.client\",'B.orderer')|OR('A.client', 'B.orderer')",
                "  OutOf ( 2 , 'A.member' , 'B.admin', 'C.peer' ) |OutOf(2, 'A.member', 'B.admin', 'C.peer')",
                "outof('1', 'A.member', 'B.admin', 'C.peer')|OR('A.member', 'B.admin', 'C.peer')",
                "OUTOF(3, 'A.b-c.member', 'B.admin', or('C.peer'))|AND('A.b-c.member', 'B.admin', AND('C.peer'))",
                "OutOf(0, 'A.member')|OutOf(0, 'A.member')",
                "OutOf(2, 'A.member')|OutOf(2, 'A.member')",
                "OR('a.peer.member', 'B.peer')|OR('a.peer.member', 'B.peer')",
            })
    void takes_every_spelling_and_writes_one(String text, String written) throws Exception {
        SignaturePolicyEnvelope policy = PolicyLanguage.parse(text);
        assertThat(PolicyLanguage.format(policy)).isEqualTo(written);
        assertThat(PolicyLanguage.parse(written)).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|1",
                "'A.member'|1",
                "XOR('A.member')|1",
                "AND|4",
                "AND()|5",
                "AND('A.member'|15",
                "AND('A.member',)|16",
                "AND('A.member' 'B.member')|16",
                "AND('A.member'))|16",
                "AND('A.member') OR('B.member')|17",
                "AND('A.boss')|5",
                "AND('Amember')|5",
                "AND(Amember)|5",
                "AND('A B.member')|5",
                "AND('A.member|5",
                "AND('A.member'; 'B.member')|15",
                "OutOf('A.member', 'B.member')|7",
                "OutOf(1)|8",
                "OutOf(-1, 'A.member')|7",
                "OutOf(3, 'A.member')|7",
                "OutOf(99999999999, 'A.member')|7",
                "AND('\u00e4.member')|5",
            })
    void tells_where_a_text_is_wrong(String text, int position) {
        assertThatThrownBy(() -> PolicyLanguage.parse(text))
                .isInstanceOfSatisfying(
                        PolicySyntaxException.class,
                        e -> assertThat(e.position()).as(e.getMessage()).isEqualTo(position));
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 100, 10_000})
    void refuses_gates_nested_too_deep(int depth) {
        String text = "OR(".repeat(depth) + "'A.member'" + ")".repeat(depth);
        assertThatThrownBy(() -> PolicyLanguage.parse(text)).isInstanceOf(PolicySyntaxException.class);
    }

    @Test
    void reads_what_it_compiled_at_the_deepest_nesting() throws Exception {
        String text = "OR(".repeat(40) + "'A.member'" + ")".repeat(40);
        SignaturePolicyEnvelope policy = PolicyLanguage.parse(text);
        assertThat(SignaturePolicyEnvelope.parseFrom(policy.toByteArray())).isEqualTo(policy);
        assertThat(SignaturePolicy.of(policy, new TableMembership(new boolean[0][0])))
                .isNotNull();
    }

    @Test
    void refuses_a_text_that_is_too_long() {
        String text = "OR(" + "'A.member',".repeat(PolicyLanguage.MAX_LENGTH) + "'A.member')";
        assertThatThrownBy(() -> PolicyLanguage.parse(text)).isInstanceOf(PolicySyntaxException.class);
    }

    @Test
    void random_texts_come_back_as_they_were_written() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            SignaturePolicyEnvelope policy = PolicyLanguage.parse(text(random, 4));
            String written = PolicyLanguage.format(policy);
            assertThat(PolicyLanguage.parse(written)).as(written).isEqualTo(policy);
        }
    }

    @Test
    void no_garbage_does_worse_than_a_syntax_error() {
        Random random = new Random(8);
        String alphabet = "ANDORoutf(),'\" .123A\u0000\ud800";
        int parsed = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                PolicyLanguage.parse(text.toString());
                parsed++;
            } catch (PolicySyntaxException e) {
                assertThat(e.position()).isBetween(1, text.length() + 1);
            }
        }
        assertThat(parsed).isLessThan(20_000);
    }

    private static String text(Random random, int depth) {
        int parts = 1 + random.nextInt(3);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            texts.add(
                    depth > 0 && random.nextInt(3) == 0
                            ? text(random, depth - 1)
                            : "'Org" + random.nextInt(9) + "." + (random.nextBoolean() ? "peer" : "admin") + "'");
        }
        String joined = String.join(", ", texts);
        return switch (random.nextInt(3)) {
            case 0 -> "AND(" + joined + ")";
            case 1 -> "or(" + joined + ")";
            default -> "OutOf(" + random.nextInt(parts + 2) + "," + joined + ")";
        };
    }

    private static List<String> names(SignaturePolicyEnvelope policy) throws PolicyException {
        List<String> names = new ArrayList<>();
        for (MSPPrincipal principal : policy.getIdentitiesList()) {
            names.add(RolePrincipal.of(principal).toString());
        }
        return names;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
