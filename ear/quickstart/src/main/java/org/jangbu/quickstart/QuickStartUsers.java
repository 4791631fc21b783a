package org.jangbu.quickstart;

import java.util.List;
import java.util.stream.Stream;
import org.jangbu.quickstart.network.TrialUser;

/**
 * The users of the quick start. Their passwords are in the open: they belong to a network that listens on this machine only and holds nothing of value. No
 * other installation has a password by default.
 */
public final class QuickStartUsers {
    private static final List<TrialUser> USERS = TrialUser.users("user1pw");
    private static final List<TrialUser> ADMINISTRATORS = TrialUser.administrators("adminpw");
    private static final TrialUser ORDERER_ADMINISTRATOR = TrialUser.ordererAdministrator("adminpw");

    private QuickStartUsers() {}

    public static TrialUser userOfOrg1() {
        return USERS.get(0);
    }

    public static TrialUser userOfOrg2() {
        return USERS.get(1);
    }

    public static TrialUser administratorOfOrg1() {
        return ADMINISTRATORS.get(0);
    }

    public static TrialUser administratorOfOrg2() {
        return ADMINISTRATORS.get(1);
    }

    /** Whoever has the orderer join and leave channels. */
    public static TrialUser administratorOfOrderer() {
        return ORDERER_ADMINISTRATOR;
    }

    /** One of each organisation that transacts. */
    public static List<TrialUser> administrators() {
        return ADMINISTRATORS;
    }

    public static List<TrialUser> all() {
        return Stream.of(USERS, ADMINISTRATORS, List.of(ORDERER_ADMINISTRATOR))
                .flatMap(List::stream)
                .toList();
    }
}
