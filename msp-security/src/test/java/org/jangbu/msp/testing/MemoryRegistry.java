package org.jangbu.msp.testing;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jangbu.msp.ca.Affiliation;
import org.jangbu.msp.ca.Attributes;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.CertificateFilter;
import org.jangbu.msp.ca.CertificateFilter.Bounds;
import org.jangbu.msp.ca.IssuedCertificate;
import org.jangbu.msp.ca.RegisteredIdentity;
import org.jangbu.msp.ca.Registry;
import org.jangbu.msp.ca.RegistryTables;
import org.jangbu.msp.realm.EnrollmentId;

/** A registry that forgets, for tests of many calls: what it holds can be compared and set back. One thread at a time. */
public final class MemoryRegistry implements Registry {
    private State state = new State(Map.of(), List.of(), Map.of(), 0, "");

    /** All that it holds. */
    public record State(
            Map<String, RegisteredIdentity> identities,
            List<Affiliation> affiliations,
            Map<String, IssuedCertificate> certificates,
            long listNumber,
            String published) {}

    public State state() {
        return state;
    }

    public void set(State earlier) {
        state = earlier;
    }

    @Override
    public <T> T inTransaction(Work<T> work) throws CaException {
        Tables tables = new Tables(state);
        T done = work.with(tables);
        state = tables.state();
        return done;
    }

    private static final class Tables implements RegistryTables {
        private final TreeMap<String, RegisteredIdentity> identities;
        private final TreeSet<Affiliation> affiliations;
        private final TreeMap<String, IssuedCertificate> certificates;
        private long listNumber;
        private String published;

        Tables(State from) {
            identities = new TreeMap<>(from.identities());
            affiliations = new TreeSet<>(from.affiliations());
            certificates = new TreeMap<>(from.certificates());
            listNumber = from.listNumber();
            published = from.published();
        }

        State state() {
            return new State(
                    new TreeMap<>(identities),
                    List.copyOf(affiliations),
                    new TreeMap<>(certificates),
                    listNumber,
                    published);
        }

        @Override
        public Optional<RegisteredIdentity> identity(EnrollmentId id) {
            return Optional.ofNullable(identities.get(id.value()));
        }

        @Override
        public Optional<RegisteredIdentity> lock(EnrollmentId id) {
            return identity(id);
        }

        @Override
        public List<RegisteredIdentity> identities(Affiliation within) {
            return identities.values().stream()
                    .filter(identity -> within.contains(identity.affiliation()))
                    .toList();
        }

        @Override
        public boolean hasIdentities() {
            return !identities.isEmpty();
        }

        @Override
        public boolean insert(RegisteredIdentity identity) {
            return !identities.containsKey(identity.id().value()) && put(identity);
        }

        @Override
        public boolean update(RegisteredIdentity identity) {
            return put(identity);
        }

        private boolean put(RegisteredIdentity identity) {
            Optional<String> node = identity.attributes().value(Attributes.NODE);
            boolean taken = node.isPresent()
                    && identities.values().stream()
                            .filter(other -> !other.id().equals(identity.id()))
                            .anyMatch(other ->
                                    other.attributes().value(Attributes.NODE).equals(node));
            if (!taken) {
                identities.put(identity.id().value(), identity);
            }
            return !taken;
        }

        @Override
        public void delete(EnrollmentId id) {
            identities.remove(id.value());
        }

        @Override
        public List<Affiliation> affiliations(Affiliation within) {
            return affiliations.stream().filter(within::contains).toList();
        }

        @Override
        public boolean has(Affiliation affiliation) {
            return affiliation.isRoot() || affiliations.contains(affiliation);
        }

        @Override
        public void insert(Affiliation affiliation) {
            affiliations.add(affiliation);
        }

        @Override
        public void delete(Affiliation affiliation) {
            affiliations.remove(affiliation);
        }

        @Override
        public void insert(IssuedCertificate certificate) {
            certificates.put(key(certificate.serial(), certificate.authorityKey()), certificate);
        }

        @Override
        public Optional<IssuedCertificate> certificate(String serial, String authorityKey) {
            return Optional.ofNullable(certificates.get(key(serial, authorityKey)));
        }

        private static String key(String serial, String authorityKey) {
            return serial + " " + authorityKey;
        }

        @Override
        public List<IssuedCertificate> certificates(CertificateFilter filter) {
            return certificates.values().stream()
                    .filter(matches(filter))
                    .sorted(Comparator.comparing(IssuedCertificate::expiry))
                    .toList();
        }

        private Predicate<IssuedCertificate> matches(CertificateFilter filter) {
            return certificate -> (filter.within().isRoot()
                            || identity(certificate.owner())
                                    .map(owner -> filter.within().contains(owner.affiliation()))
                                    .orElse(false))
                    && filter.owner().map(certificate.owner().value()::equals).orElse(true)
                    && filter.serial().map(certificate.serial()::equals).orElse(true)
                    && filter.authorityKey()
                            .map(certificate.authorityKey()::equals)
                            .orElse(true)
                    && isWithin(filter.expiry(), Optional.of(certificate.expiry()))
                    && isWithin(filter.revoked(), certificate.revocation().map(IssuedCertificate.Revocation::at))
                    && !(filter.notRevoked() && certificate.revocation().isPresent());
        }

        private static boolean isWithin(Bounds bounds, Optional<Instant> at) {
            return !bounds.any()
                    || (at.isPresent()
                            && bounds.from()
                                    .map(from -> !at.get().isBefore(from))
                                    .orElse(true)
                            && bounds.to().map(to -> !at.get().isAfter(to)).orElse(true));
        }

        @Override
        public List<IssuedCertificate> revoked(CertificateFilter filter) {
            return certificates(filter).stream()
                    .filter(certificate -> certificate.revocation().isPresent())
                    .toList();
        }

        @Override
        public void revoke(IssuedCertificate certificate, IssuedCertificate.Revocation revocation) {
            insert(new IssuedCertificate(
                    certificate.serial(),
                    certificate.authorityKey(),
                    certificate.owner(),
                    certificate.pem(),
                    certificate.expiry(),
                    Optional.of(revocation)));
        }

        @Override
        public long nextListNumber(Instant now) {
            listNumber = Math.max(listNumber + 1, now.getEpochSecond());
            return listNumber;
        }

        @Override
        public void publish(long number, String list) {
            published = number + " " + list;
        }
    }
}
