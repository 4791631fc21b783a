package org.jangbu.msp.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicy.NOutOf;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.policy.PolicyTokens.Kind;
import org.jangbu.msp.policy.PolicyTokens.Token;

/** One pass over the tokens of a policy. */
final class PolicyParser {
    private final List<Token> tokens;
    private final Optional<Membership> membership;
    private final List<MSPPrincipal> identities = new ArrayList<>();
    private int next;
    private int version = PolicyLanguage.FABRIC;

    /** @param membership tells who certifies the nodes of an MSP */
    PolicyParser(List<Token> tokens, Optional<Membership> membership) {
        this.tokens = tokens;
        this.membership = membership;
    }

    SignaturePolicyEnvelope parse() throws PolicySyntaxException {
        SignaturePolicy rule = gate(1);
        expect(Kind.END, "the end of the policy");
        return SignaturePolicyEnvelope.newBuilder()
                .setVersion(version)
                .setRule(rule)
                .addAllIdentities(identities)
                .build();
    }

    private SignaturePolicy gate(int depth) throws PolicySyntaxException {
        Token name = expect(Kind.NAME, "AND, OR, OutOf or Weights");
        if (depth > PolicyLanguage.MAX_DEPTH) {
            throw new PolicySyntaxException(
                    "gates may be nested " + PolicyLanguage.MAX_DEPTH + " deep, no more", name.position());
        }
        Gate gate = Gate.of(name);
        expect(Kind.OPEN, "'('");
        if (gate == Gate.WEIGHTS) {
            return weights();
        }
        Optional<Token> number = gate == Gate.OUT_OF ? Optional.of(number()) : Optional.empty();
        List<Part> parts = parts(depth);
        List<SignaturePolicy> rules = rules(parts);
        int n = number.isPresent() ? threshold(number.get(), rules.size()) : gate == Gate.AND ? rules.size() : 1;
        return SignaturePolicy.newBuilder()
                .setNOutOf(NOutOf.newBuilder().setN(n).addAllRules(rules))
                .build();
    }

    /** What stands between the parentheses of a clause of weights. */
    private SignaturePolicy weights() throws PolicySyntaxException {
        Token threshold = number();
        List<WeightClause.Part> parts = new ArrayList<>();
        Token separator;
        do {
            MSPPrincipal principal = principal(take());
            expect(Kind.EQUALS, "'='");
            int weight = Integer.parseInt(digits(take()).text());
            identities.add(principal);
            parts.add(new WeightClause.Part(identities.size() - 1, weight));
            separator = take();
        } while (separator.kind() == Kind.COMMA);
        requireClosed(separator);
        int sum = Integer.parseInt(threshold.text());
        Optional<String> fault = WeightClause.fault(sum, parts);
        if (fault.isPresent()) {
            throw new PolicySyntaxException(fault.get(), threshold.position());
        }
        version = PolicyLanguage.WEIGHTS;
        return WeightClause.message(sum, parts);
    }

    private Token number() throws PolicySyntaxException {
        Token token = digits(take());
        expect(Kind.COMMA, "','");
        return token;
    }

    private static Token digits(Token token) throws PolicySyntaxException {
        boolean number = token.kind() == Kind.NUMBER || token.kind() == Kind.QUOTED;
        if (!number || !token.text().matches("[0-9]{1,9}")) {
            throw new PolicySyntaxException("expected a number, found " + token, token.position());
        }
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
        requireClosed(separator);
        return parts;
    }

    private static void requireClosed(Token separator) throws PolicySyntaxException {
        if (separator.kind() != Kind.CLOSE) {
            throw new PolicySyntaxException("expected ',' or ')', found " + separator, separator.position());
        }
    }

    private Part part(int depth) throws PolicySyntaxException {
        Token token = tokens.get(next);
        if (token.kind() == Kind.NAME) {
            return new Part(Optional.of(gate(depth + 1)), Optional.empty());
        }
        return new Part(Optional.empty(), Optional.of(principal(take())));
    }

    private MSPPrincipal principal(Token token) throws PolicySyntaxException {
        Optional<MSPPrincipal> principal = Optional.empty();
        if (token.kind() == Kind.QUOTED) {
            try {
                principal = PrincipalText.read(token.text(), membership);
            } catch (PolicyException e) {
                throw new PolicySyntaxException(String.valueOf(e.getMessage()), token.position());
            }
        }
        return principal.orElseThrow(() -> new PolicySyntaxException(
                "expected a gate or 'MSPID.role' with role member, admin, client, peer, orderer or node:<name>, found "
                        + token,
                token.position()));
    }

    /** Numbers this gate's own principals; the gates within have numbered theirs by now. */
    private List<SignaturePolicy> rules(List<Part> parts) {
        List<SignaturePolicy> rules = new ArrayList<>(parts.size());
        for (Part part : parts) {
            rules.add(part.gate().orElseGet(() -> signedBy(part.principal().orElseThrow())));
        }
        return rules;
    }

    private SignaturePolicy signedBy(MSPPrincipal principal) {
        identities.add(principal);
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
    private record Part(Optional<SignaturePolicy> gate, Optional<MSPPrincipal> principal) {}

    private enum Gate {
        AND,
        OR,
        OUT_OF,
        WEIGHTS;

        static Gate of(Token name) throws PolicySyntaxException {
            return switch (name.text()) {
                case "AND", "And", "and" -> AND;
                case "OR", "Or", "or" -> OR;
                case "OUTOF", "OutOf", "outof" -> OUT_OF;
                case "WEIGHTS", "Weights", "weights" -> WEIGHTS;
                default ->
                    throw new PolicySyntaxException(
                            "expected AND, OR, OutOf or Weights, found " + name, name.position());
            };
        }
    }
}
