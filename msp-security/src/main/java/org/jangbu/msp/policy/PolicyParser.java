package org.jangbu.msp.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicy.NOutOf;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.jangbu.msp.policy.PolicyTokens.Kind;
import org.jangbu.msp.policy.PolicyTokens.Token;

/** One pass over the tokens of a policy. */
final class PolicyParser {
    private final List<Token> tokens;
    private final List<MSPPrincipal> identities = new ArrayList<>();
    private int next;

    PolicyParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    SignaturePolicyEnvelope parse() throws PolicySyntaxException {
        SignaturePolicy rule = gate(1);
        expect(Kind.END, "the end of the policy");
        return SignaturePolicyEnvelope.newBuilder()
                .setRule(rule)
                .addAllIdentities(identities)
                .build();
    }

    private SignaturePolicy gate(int depth) throws PolicySyntaxException {
        Token name = expect(Kind.NAME, "AND, OR or OutOf");
        if (depth > PolicyLanguage.MAX_DEPTH) {
            throw new PolicySyntaxException(
                    "gates may be nested " + PolicyLanguage.MAX_DEPTH + " deep, no more", name.position());
        }
        Gate gate = Gate.of(name);
        expect(Kind.OPEN, "'('");
        Optional<Token> number = gate == Gate.OUT_OF ? Optional.of(number()) : Optional.empty();
        List<Part> parts = parts(depth);
        List<SignaturePolicy> rules = rules(parts);
        int n = number.isPresent() ? threshold(number.get(), rules.size()) : gate == Gate.AND ? rules.size() : 1;
        return SignaturePolicy.newBuilder()
                .setNOutOf(NOutOf.newBuilder().setN(n).addAllRules(rules))
                .build();
    }

    private Token number() throws PolicySyntaxException {
        Token token = take();
        boolean number = token.kind() == Kind.NUMBER || token.kind() == Kind.QUOTED;
        if (!number || !token.text().matches("[0-9]{1,6}")) {
            throw new PolicySyntaxException("expected a number, found " + token, token.position());
        }
        expect(Kind.COMMA, "','");
        return token;
    }

    /** One more than there are rules is allowed, as in Fabric: a policy that nobody can satisfy. */
    private static int threshold(Token number, int rules) throws PolicySyntaxException {
        int n = Integer.parseInt(number.text());
        if (n > rules + 1) {
            throw new PolicySyntaxException("cannot ask for " + n + " of " + rules, number.position());
        }
        return n;
    }

    private List<Part> parts(int depth) throws PolicySyntaxException {
        List<Part> parts = new ArrayList<>();
        Token separator;
        do {
            parts.add(part(depth));
            separator = take();
        } while (separator.kind() == Kind.COMMA);
        if (separator.kind() != Kind.CLOSE) {
            throw new PolicySyntaxException("expected ',' or ')', found " + separator, separator.position());
        }
        return parts;
    }

    private Part part(int depth) throws PolicySyntaxException {
        Token token = tokens.get(next);
        if (token.kind() == Kind.NAME) {
            return new Part(Optional.of(gate(depth + 1)), Optional.empty());
        }
        take();
        Optional<RolePrincipal> principal =
                token.kind() == Kind.QUOTED ? RolePrincipal.parse(token.text()) : Optional.empty();
        if (principal.isEmpty()) {
            throw new PolicySyntaxException(
                    "expected a gate or 'MSPID.role' with role member, admin, client, peer or orderer, found " + token,
                    token.position());
        }
        return new Part(Optional.empty(), principal);
    }

    /** Numbers this gate's own principals; the gates within have numbered theirs by now. */
    private List<SignaturePolicy> rules(List<Part> parts) {
        List<SignaturePolicy> rules = new ArrayList<>(parts.size());
        for (Part part : parts) {
            rules.add(part.gate().orElseGet(() -> signedBy(part.principal().orElseThrow())));
        }
        return rules;
    }

    private SignaturePolicy signedBy(RolePrincipal principal) {
        identities.add(principal.toPrincipal());
        return SignaturePolicy.newBuilder().setSignedBy(identities.size() - 1).build();
    }

    private Token expect(Kind kind, String what) throws PolicySyntaxException {
        Token token = take();
        if (token.kind() != kind) {
            throw new PolicySyntaxException("expected " + what + ", found " + token, token.position());
        }
        return token;
    }

    /** The next token; the last one, the end, is handed out as often as asked. */
    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    /** A gate or a principal within a gate. */
    private record Part(Optional<SignaturePolicy> gate, Optional<RolePrincipal> principal) {}

    private enum Gate {
        AND,
        OR,
        OUT_OF;

        static Gate of(Token name) throws PolicySyntaxException {
            return switch (name.text()) {
                case "AND", "And", "and" -> AND;
                case "OR", "Or", "or" -> OR;
                case "OUTOF", "OutOf", "outof" -> OUT_OF;
                default -> throw new PolicySyntaxException("expected AND, OR or OutOf, found " + name, name.position());
            };
        }
    }
}
