package org.jangbu.msp.realm;

import com.google.protobuf.ByteString;
import java.util.Set;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.model.MspId;

/**
 * A user who has proved who it is. Only {@link ManagedIdentities} makes one, and only for such a caller does it sign: whoever holds no
 * {@code Caller} cannot make a user sign.
 */
public final class Caller {
    private final ManagedName name;
    private final MspId mspId;
    private final Set<MSPRoleType> roles;
    private final ByteString serialized;

    Caller(ManagedName name, MspId mspId, Set<MSPRoleType> roles, ByteString serialized) {
        this.name = name;
        this.mspId = mspId;
        this.roles = Set.copyOf(roles);
        this.serialized = serialized;
    }

    /** By which {@link ManagedIdentities} finds it again; what containers call it. */
    public ManagedName name() {
        return name;
    }

    public MspId mspId() {
        return mspId;
    }

    /** The roles its MSP gives it. */
    public Set<MSPRoleType> roles() {
        return roles;
    }

    /** Its {@code SerializedIdentity}, the creator bytes of what it proposes. */
    public ByteString serialized() {
        return serialized;
    }

    /** The groups of Jakarta Security: each role but member, as {@code client} and as {@code client@Org1MSP}. */
    public Set<String> groups() {
        return Roles.groups(roles, mspId);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
