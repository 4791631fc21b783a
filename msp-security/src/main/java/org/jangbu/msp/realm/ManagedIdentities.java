package org.jangbu.msp.realm;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.SealedKey;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.KeySigningIdentity;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.log.AuditLog;
import org.jangbu.msp.log.MspLog;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.LocalMsp;

/**
 * The users whose keys this server keeps, in a folder of its own:
 * {@code <enrolment id>/{cert.pem,key.pem,user.properties}}. Keys are encrypted under a secret of the operator; each use is audited; a user
 * is reached only through the {@link Caller} that its password gives. Thread-safe.
 */
public final class ManagedIdentities {
    private static final int MAX_PASSWORD = 1024;
    private final Optional<IdentityFolder> folder;
    private final String secret;
    private final Clock clock;
    private final PasswordGate gate;
    private final ConcurrentHashMap<ManagedName, Known> records = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ManagedName, KeySigningIdentity> keys = new ConcurrentHashMap<>();
    private volatile Optional<AuthoritySignIn> authorities = Optional.empty();

    private ManagedIdentities(Optional<IdentityFolder> folder, String secret, Clock clock) {
        this.folder = folder;
        this.secret = secret;
        this.clock = clock;
        this.gate = new PasswordGate(clock);
    }

    /**
     * Opens the folder, making it if it is not there.
     *
     * @param path usually {@code identities} below {@code jangbu.home}
     * @param secret under which the keys are encrypted
     * @throws IOException if the folder cannot be read
     * @throws IdentityStoreException if it was made under another secret
     */
    public static ManagedIdentities open(Path path, String secret, Clock clock) throws IOException {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the secret is empty");
        }
        IdentityFolder folder = IdentityFolder.open(path, secret);
        MspLog.LOG.managedIdentities(folder.list().size(), folder.toString());
        return new ManagedIdentities(Optional.of(folder), secret, clock);
    }

    /** A server that keeps nobody's key: nobody can sign in with a password. */
    public static ManagedIdentities none() {
        return new ManagedIdentities(Optional.empty(), "", Clock.systemUTC());
    }

    /**
     * Lets those sign in, too, whom authorities know by id and secret: the server enrols for them and keeps their keys. A name that the
     * operator put into keeping stays that one's.
     *
     * @param door at which their certificates have to pass before they are taken
     */
    public void askAlso(EnrollmentSource source, Doorkeeper door) {
        authorities = Optional.of(new AuthoritySignIn(this, source, door, clock));
    }

    /** Whether authorities are asked, too. */
    public boolean asksAuthorities() {
        return authorities.isPresent();
    }

    /** Whom the operator put into keeping. */
    public List<EnrollmentId> list() throws IOException {
        return folder.isPresent() ? folder.get().list() : List.of();
    }

    /**
     * Takes a user's key into keeping. Its roles are those its MSP gives it.
     *
     * @param user the user's own MSP folder, with certificate and key
     * @throws java.nio.file.FileAlreadyExistsException if the id is enrolled
     * @throws IOException if the files cannot be read or written
     * @throws IdentityException if the MSP refuses the certificate
     */
    public void enroll(EnrollmentId id, LocalMsp user, String password) throws IOException, IdentityException {
        IdentityFolder open =
                folder.orElseThrow(() -> new IdentityStoreException("no managed identities are kept here"));
        if (password.isEmpty() || password.length() > MAX_PASSWORD) {
            throw new IllegalArgumentException("a password has 1 to " + MAX_PASSWORD + " characters");
        }
        KeySigningIdentity signer = user.signingIdentity();
        ChannelMembership own = ChannelMembership.of(user.msp());
        own.validate(signer.identity());
        Set<MSPRoleType> roles = own.roles(signer.identity());
        open.write(new IdentityRecord(
                ManagedName.own(id),
                user.id(),
                roles,
                new SecretProof.OwnPassword(DerivedSecret.of(password)),
                ByteString.copyFromUtf8(CertificateReader.pem(signer.certificate())),
                sealed(signer.key())));
        AuditLog.LOG.enrolled(id.value(), user.id().value(), Roles.format(roles));
    }

    /** The key as it is kept. */
    ByteString sealed(SigningKey key) {
        try {
            return ByteString.copyFrom(SealedKey.seal(key.info(), secret));
        } catch (GeneralSecurityException e) {
            throw new IdentityStoreException("the key cannot be encrypted", e);
        }
    }

    /**
     * Whoever has this name and password. A right password is remembered for a minute; after five wrong ones within a minute the name is
     * refused for the rest of it. Empty also while too many others are being looked at.
     *
     * @throws IdentityStoreException if the user's files were changed or cannot be read
     * @throws SignInRefusedException if the secret is right and an authority will not certify whoever has it
     * @throws SignInUnavailableException if an authority cannot be asked now
     */
    public Optional<Caller> authenticate(String user, String password) {
        Optional<ManagedName> name = ManagedName.parse(user);
        if (name.isEmpty() || password.length() > MAX_PASSWORD) {
            return Optional.empty();
        }
        // Looked up first: of somebody who has been removed or enrolled anew nothing may be remembered.
        Optional<IdentityRecord> identity = find(name.get());
        Optional<DerivedSecret> own = identity.flatMap(IdentityRecord::password);
        if (own.isEmpty() && authorities.isPresent()) {
            return authorities.get().authenticate(name.get(), password);
        }
        boolean right = gate.isRight(user, password, () -> own);
        return right ? identity.map(ManagedIdentities::caller) : Optional.empty();
    }

    /**
     * The caller that a container has authenticated, found again in a later request.
     *
     * @param authenticated the principal as the container gives it; never one made from what a client sent
     */
    public Optional<Caller> caller(Principal authenticated) {
        return ManagedName.parse(authenticated.getName()).flatMap(this::find).map(ManagedIdentities::caller);
    }

    /** Whether the server still keeps this very identity: nobody has removed the caller since, or enrolled it anew. */
    public boolean keeps(Caller caller) {
        return find(caller.name())
                .filter(identity -> identity.serialized().equals(caller.serialized()))
                .isPresent();
    }

    /**
     * Signs as the caller; each signature is audited.
     *
     * @throws IdentityStoreException if the key cannot be opened
     */
    public SigningIdentity signer(Caller caller) {
        IdentityRecord identity = find(caller.name())
                .orElseThrow(() -> new IdentityStoreException("there is no managed identity " + caller.name()));
        KeySigningIdentity key = keys.computeIfAbsent(caller.name(), name -> open(identity));
        return new AuditedSigningIdentity(caller, key);
    }

    /**
     * Deletes a user's files, its key with them, and forgets it.
     *
     * @return whether there was such a user
     * @throws IOException if the files cannot be deleted
     */
    public boolean remove(EnrollmentId id) throws IOException {
        return remove(ManagedName.own(id));
    }

    /** The same, by any name. Whoever an authority vouches for is enrolled anew when it signs in again. */
    public boolean remove(ManagedName name) throws IOException {
        boolean was = folder.isPresent() && folder.get().remove(name);
        forget(name);
        if (was) {
            AuditLog.LOG.removed(name.toString());
        }
        return was;
    }

    /** Takes a key into keeping, in place of an earlier one of that name. */
    void keep(IdentityRecord identity) throws IOException {
        IdentityFolder open =
                folder.orElseThrow(() -> new IdentityStoreException("no managed identities are kept here"));
        boolean unused = open.remove(identity.name());
        open.write(identity);
        forget(identity.name());
    }

    /** Forgets what is in memory of a user: its files are read again, its password is asked again. Done by itself when its files change. */
    public void forget(EnrollmentId id) {
        forget(ManagedName.own(id));
    }

    private void forget(ManagedName name) {
        gate.forget(name.toString());
        records.remove(name);
        keys.remove(name);
    }

    /** As the files are now: a look at one file's age tells whether what is remembered still holds. */
    Optional<IdentityRecord> find(ManagedName name) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<IdentityFolder.Version> version = folder.get().version(name);
            Known known = records.get(name);
            if (known != null && version.equals(Optional.of(known.version()))) {
                return Optional.of(known.identity());
            }
            if (known != null) {
                forget(name);
            }
            Optional<IdentityRecord> read =
                    version.isEmpty() ? Optional.empty() : folder.get().read(name);
            read.ifPresent(identity -> records.put(name, new Known(identity, version.get())));
            return read;
        } catch (IOException e) {
            throw new IdentityStoreException("the managed identity " + name + " cannot be read", e);
        }
    }

    private KeySigningIdentity open(IdentityRecord identity) {
        try {
            PrivateKeyInfo key = SealedKey.open(identity.sealedKey().toByteArray(), secret);
            return KeySigningIdentity.of(identity.mspId(), identity.certificate(), SigningKey.of(key));
        } catch (GeneralSecurityException | IdentityException e) {
            throw new IdentityStoreException(
                    "the key of the managed identity " + identity.name() + " cannot be opened", e);
        }
    }

    static Caller caller(IdentityRecord identity) {
        return new Caller(identity.name(), identity.mspId(), identity.roles(), identity.serialized());
    }

    /** A user as read, and the version of the files it was read from. */
    private record Known(IdentityRecord identity, IdentityFolder.Version version) {}
}
