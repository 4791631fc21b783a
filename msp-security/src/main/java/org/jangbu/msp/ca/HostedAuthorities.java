package org.jangbu.msp.ca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jangbu.model.Quoted;
import org.jangbu.msp.log.CaLog;

/**
 * The authorities of one server: each folder below {@code ca} in {@code jangbu.home} is one. A caller names the one it means, or reaches it
 * by its port.
 */
public final class HostedAuthorities {
    /** No authority is here. */
    public static final HostedAuthorities NONE = new HostedAuthorities(List.of());

    private final List<Hosted> all;

    private HostedAuthorities(List<Hosted> all) {
        this.all = List.copyOf(all);
    }

    private record Hosted(AuthorityProfile profile, CertificateAuthority authority) {
        boolean isAt(int port) {
            return profile.port().equals(Optional.of(port));
        }

        /** Whether the two cannot be told apart: by name, or without one at the same port. */
        boolean clashesWith(Hosted other) {
            return profile.name().equals(other.profile.name())
                    || (profile.unnamed()
                            && other.profile.unnamed()
                            && profile.port().equals(other.profile.port()));
        }
    }

    /** The folders of the authorities that a server shall host; none if it hosts none. */
    public static List<AuthorityFolder> folders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> AuthorityName.isValid(String.valueOf(entry.getFileName())))
                    .sorted()
                    .map(AuthorityFolder::new)
                    .toList();
        }
    }

    /**
     * Opens authorities and makes the first identity of each whose registry is empty; then what lies in {@code adopted} is entered.
     *
     * @param secret under which their keys are encrypted
     * @param registries opens the registry of an authority
     * @throws IOException if one cannot be opened: a server hosts all of its authorities or says which one is broken
     * @throws RegistryException if the registries cannot be opened
     */
    public static HostedAuthorities open(
            List<AuthorityFolder> folders, String secret, Function<Opened, Registry> registries, Clock clock)
            throws IOException {
        List<Hosted> all = new ArrayList<>();
        for (AuthorityFolder folder : folders) {
            AuthorityProfile profile = folder.profile();
            AuthorityCertificate certificate = folder.certificate(secret);
            Registry registry = registries.apply(new Opened(profile.name(), certificate));
            CertificateAuthority authority = new CertificateAuthority(
                    profile.name(), profile.mspId(), certificate, profile.settings(), registry, clock);
            Hosted hosted = new Hosted(profile, authority);
            requireDistinct(all, hosted);
            bootstrap(profile, authority);
            new AdoptedFiles(folder.adopted()).enterInto(authority);
            all.add(hosted);
            CaLog.LOG.opened(
                    profile.name().value(),
                    profile.mspId().value(),
                    profile.port().map(String::valueOf).orElse("-"));
        }
        return new HostedAuthorities(all);
    }

    /** An authority whose registry is wanted. */
    public record Opened(AuthorityName name, AuthorityCertificate certificate) {}

    private static void bootstrap(AuthorityProfile profile, CertificateAuthority authority) throws IOException {
        try {
            if (profile.administrator().isPresent()) {
                AuthorityProfile.Administrator first = profile.administrator().get();
                authority.bootstrap(first.id(), first.secret(), profile.affiliations());
            }
            authority.publishRevocations();
        } catch (CaException e) {
            throw new IOException("the registry of " + profile.name() + " cannot be begun", e);
        }
    }

    private static void requireDistinct(List<Hosted> before, Hosted next) throws IOException {
        for (Hosted other : before) {
            if (other.clashesWith(next)) {
                throw new IOException("the CA " + next.profile().name() + " has the name of another, or is, as "
                        + other.profile().name() + ", the default of its port");
            }
        }
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public List<CertificateAuthority> all() {
        return all.stream().map(Hosted::authority).toList();
    }

    /** Whether callers at this port (before any offset) want an authority and nothing else. */
    public boolean ownPort(int port) {
        return all.stream().anyMatch(hosted -> hosted.isAt(port));
    }

    /**
     * The authority that a caller means. At an authority's own port there are only those of that port; elsewhere all.
     *
     * @param name as the caller says; empty for the only one there is, or the port's default
     * @throws CaException if there is none, or several and no name
     */
    public CertificateAuthority find(String name, int port) throws CaException {
        boolean own = ownPort(port);
        List<Hosted> here =
                own ? all.stream().filter(hosted -> hosted.isAt(port)).toList() : all;
        if (name.isEmpty() && here.size() == 1) {
            return here.get(0).authority();
        }
        return here.stream()
                .filter(hosted -> name.isEmpty()
                        ? own && hosted.profile().unnamed()
                        : hosted.profile().name().value().equals(name))
                .findFirst()
                .map(Hosted::authority)
                .orElseThrow(() ->
                        CaException.of(404, CaError.CA_NOT_FOUND, "CA '" + Quoted.brief(name) + "' does not exist"));
    }
}
