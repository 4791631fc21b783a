package org.jangbu.msp.realm.jakarta;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import org.jangbu.msp.log.MspLog;
import org.jangbu.msp.realm.IdentityStoreException;
import org.jangbu.msp.realm.ManagedIdentities;

/**
 * Sign-in with name and password as a managed identity. The caller's groups are its roles in its MSP: {@code client}, {@code admin},
 * {@code peer}, {@code orderer}, and the same with the MSP, {@code client@Org1MSP}.
 */
@ApplicationScoped
public class ManagedIdentityStore implements IdentityStore {
    private final ManagedIdentities identities;

    /** For the container's proxy only. */
    protected ManagedIdentityStore() {
        this(ManagedIdentities.none());
    }

    @Inject
    public ManagedIdentityStore(ManagedIdentities identities) {
        this.identities = identities;
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof UsernamePasswordCredential given)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        try {
            return identities
                    .authenticate(given.getCaller(), given.getPasswordAsString())
                    .map(caller -> new CredentialValidationResult(caller.name().toString(), caller.groups()))
                    .orElse(CredentialValidationResult.INVALID_RESULT);
        } catch (IdentityStoreException e) {
            MspLog.LOG.managedIdentityUnusable(e);
            return CredentialValidationResult.INVALID_RESULT;
        }
    }
}
