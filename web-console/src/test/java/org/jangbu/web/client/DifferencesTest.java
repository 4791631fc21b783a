package org.jangbu.web.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    @Test
    void tells_for_each_organisation_that_has_not_approved_in_what_it_differs() {
        Map<String, Boolean> approvals = Map.of("Org1MSP", true, "Org2MSP", false, "Org3MSP", false);
        assertThat(Differences.read("Org2MSP: ValidationInfo differs; Org3MSP: not approved", approvals))
                .isEqualTo(Map.of("Org2MSP", "ValidationInfo differs", "Org3MSP", "not approved"));
        assertThat(Differences.read("", approvals)).isEmpty();
        assertThat(Differences.read("Org1MSP: not approved; Other: x; nothing", approvals))
                .as("what a peer says of others than those it was asked about")
                .isEmpty();
    }
}
