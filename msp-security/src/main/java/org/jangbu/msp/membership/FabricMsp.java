package org.jangbu.msp.membership;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.msp.FabricCryptoConfig;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.log.MspLog;

/**
 * One MSP of X.509 certificates, by the rules of Fabric's version 1.4.3 and later. It holds no cache: {@link ChannelMembership} asks once
 * per identity and remembers.
 */
public final class FabricMsp {
    private static final int TYPE_FABRIC = 0;

    private final MspId id;
    private final CertificationTree tree;
    private final RevocationLists revocations;
    private final OrganizationalUnits units;
    private final Set<ByteString> admins = new HashSet<>();
    private final List<X509Certificate> tlsAuthorities;
    private final Optional<ByteString> nodeCertifiers;

    private FabricMsp(MspId id, FabricMSPConfig config) throws GeneralSecurityException, RefusedCertificateException {
        requireKnownHashes(config.getCryptoConfig());
        this.id = id;
        this.tree = ConfiguredCertificates.tree(config.getRootCertsList(), config.getIntermediateCertsList());
        this.revocations =
                new RevocationLists(id.value(), ConfiguredCertificates.revocationLists(config.getRevocationListList()));
        for (X509Certificate authority : tree.authorities()) {
            if (!tree.isRoot(authority)) {
                revocations.check(authority, tree.uniqueChain(authority).get(1));
            }
        }
        this.tlsAuthorities = config.getTlsRootCertsList().isEmpty()
                ? List.of()
                : ConfiguredCertificates.tree(config.getTlsRootCertsList(), config.getTlsIntermediateCertsList())
                        .authorities();
        this.units = OrganizationalUnits.of(config, tree);
        this.nodeCertifiers = findNodeCertifiers();
        takeAdmins(config.getAdminsList());
    }

    /**
     * Sets up an MSP from a channel configuration.
     *
     * @throws MspConfigurationException if it is of another type than Fabric's X.509 one or cannot stand
     */
    public static FabricMsp of(MSPConfig config) throws MspConfigurationException {
        if (config.getType() != TYPE_FABRIC) {
            throw new MspConfigurationException("MSPs of type " + config.getType() + " are not supported, only X.509");
        }
        try {
            return of(FabricMSPConfig.parseFrom(config.getConfig()));
        } catch (InvalidProtocolBufferException e) {
            throw new MspConfigurationException("not a FabricMSPConfig: " + e.getMessage(), e);
        }
    }

    /**
     * Sets up an MSP.
     *
     * @throws MspConfigurationException if it cannot stand
     */
    public static FabricMsp of(FabricMSPConfig config) throws MspConfigurationException {
        String where = "MSP '" + config.getName() + "': ";
        try {
            return new FabricMsp(new MspId(config.getName()), config);
        } catch (IllegalArgumentException | GeneralSecurityException | RefusedCertificateException e) {
            throw new MspConfigurationException(where + e.getMessage(), e);
        }
    }

    public MspId id() {
        return id;
    }

    /** Its root certificates: two MSPs that share them are the same organisation's. */
    public Set<X509Certificate> roots() {
        return tree.authorities().stream().filter(tree::isRoot).collect(Collectors.toUnmodifiableSet());
    }

    /** The certificates that vouch for the TLS certificates of its nodes. */
    public List<X509Certificate> tlsAuthorities() {
        return tlsAuthorities;
    }

    /** Whether NodeOUs are on, so that clients, peers and orderers can be told apart. */
    public boolean tellsRoles() {
        return units.tellRoles();
    }

    /** Who certifies the nodes: the CA that NodeOUs demand for peers, else the only one that may issue; empty if there are several. */
    public Optional<ByteString> nodeCertifiers() {
        return nodeCertifiers;
    }

    /** A CA that cannot be told by an identifier keeps nobody from standing; it only certifies no nodes. */
    private Optional<ByteString> findNodeCertifiers() {
        Optional<ByteString> demanded = units.certifiers(MSPRoleType.PEER);
        if (demanded.isPresent()) {
            return demanded;
        }
        List<X509Certificate> issuing = tree.authorities().stream()
                .filter(authority -> !tree.isInner(authority))
                .toList();
        if (issuing.size() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(Certifiers.identifier(tree.uniqueChain(issuing.get(0))));
        } catch (RefusedCertificateException e) {
            MspLog.LOG.debugf("MSP %s: %s", id, e.getMessage());
            return Optional.empty();
        }
    }

    /** Judges an identity that claims to be of this MSP. */
    Standing judge(X509Identity identity) {
        try {
            List<X509Certificate> chain = chain(identity.certificate());
            ByteString certifiers = Certifiers.identifier(chain.subList(1, chain.size()));
            revocations.check(chain.get(0), chain.get(1));
            List<String> names = CertificateExtensions.organizationalUnits(identity.certificate());
            units.check(names, certifiers);
            Set<MSPRoleType> roles = units.roles(names);
            roles.add(MSPRoleType.MEMBER);
            if (admins.contains(identity.fingerprint())) {
                roles.add(MSPRoleType.ADMIN);
            }
            return new Standing(null, roles, names, certifiers);
        } catch (RefusedCertificateException e) {
            return Standing.refused(e);
        }
    }

    /** Why a valid identity is refused by revocation lists beside the configuration's; empty if it is not. */
    Optional<Standing.Refusal> refusal(X509Identity identity, RevocationNews news) {
        try {
            news.check(chain(identity.certificate()));
            return Optional.empty();
        } catch (RefusedCertificateException e) {
            return Optional.ofNullable(Standing.refused(e).refusal());
        }
    }

    private List<X509Certificate> chain(X509Certificate certificate) throws RefusedCertificateException {
        if (CertificateExtensions.isCa(certificate)) {
            throw new RefusedCertificateException("the certificate of a CA is not an identity");
        }
        List<X509Certificate> chain = tree.uniqueChain(certificate);
        if (chain.size() < 2) {
            throw new RefusedCertificateException("the certificate is a root of the MSP");
        }
        if (tree.isInner(chain.get(1))) {
            throw new RefusedCertificateException("the issuing CA has another CA below it and may issue no identities");
        }
        return chain;
    }

    private static void requireKnownHashes(FabricCryptoConfig hashes) throws RefusedCertificateException {
        String family = hashes.getSignatureHashFamily();
        String identifiers = hashes.getIdentityIdentifierHashFunction();
        if (!(family.isEmpty() || family.equals("SHA2")) || !(identifiers.isEmpty() || identifiers.equals("SHA256"))) {
            throw new RefusedCertificateException("only the hashes SHA2 and SHA256 are supported");
        }
    }

    /** Administrators listed by certificate must be members themselves, and with NodeOUs clients or admins. */
    private void takeAdmins(List<ByteString> pems) throws GeneralSecurityException, RefusedCertificateException {
        if (pems.isEmpty() && !units.tellAdmins()) {
            throw new RefusedCertificateException("administrators must be listed where no unit tells them");
        }
        for (X509Certificate certificate : ConfiguredCertificates.certificates(pems)) {
            X509Identity admin = identity(certificate);
            Standing standing = judge(admin);
            if (standing.refusal() != null && !units.tellRoles()) {
                throw new RefusedCertificateException(
                        "an administrator is not valid: " + standing.refusal().message());
            }
            if (units.tellRoles()) {
                requireAdminUnit(certificate);
            }
            admins.add(admin.fingerprint());
        }
    }

    private void requireAdminUnit(X509Certificate certificate) throws RefusedCertificateException {
        chain(certificate);
        Set<MSPRoleType> roles = units.roles(CertificateExtensions.organizationalUnits(certificate));
        if (!roles.contains(MSPRoleType.CLIENT) && !roles.contains(MSPRoleType.ADMIN)) {
            throw new RefusedCertificateException("a listed administrator is neither client nor admin by its units");
        }
    }

    private X509Identity identity(X509Certificate certificate) throws RefusedCertificateException {
        try {
            return X509Identity.parse(X509Identity.serialize(id, certificate));
        } catch (IdentityException e) {
            throw new RefusedCertificateException("the certificate of an administrator: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "MSP " + id;
    }
}
