package org.jangbu.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows of docs/concepts/architecture.md, read from the compiled classes of all modules. */
class ArchitectureTest {
    /** Subpackages named by technology, and the faces, whose packages are adapters altogether: the only ones that may know Jakarta EE. */
    private static final String[] ADAPTERS = {
        "..ejb..",
        "..jpa..",
        "..jms..",
        "..rest..",
        "..grpc..",
        "..faces..",
        "..servlet..",
        "..jakarta..",
        "..cdi..",
        "..microprofile..",
        "org.jangbu.web.."
    };

    /** The quick start is a program of its own, outside of any server; nothing is above it. */
    private static final String PROGRAM = "org.jangbu.quickstart..";

    private static final JavaClasses CLASSES = CompiledModules.classes();

    @Test
    void a_module_knows_those_below_it_and_none_above_or_beside() {
        check(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("ledger-model")
                .definedBy("org.jangbu.model..")
                .layer("chaincode-api")
                .definedBy("org.jangbu.chaincode..")
                .layer("msp-security")
                .definedBy("org.jangbu.msp..")
                .layer("ledger-ejb")
                .definedBy("org.jangbu.ledger..", "org.jangbu.peer..")
                .layer("ordering-jms")
                .definedBy("org.jangbu.ordering..")
                .layer("web-console")
                .definedBy("org.jangbu.web..")
                .layer("cli")
                .definedBy("org.jangbu.cli..")
                .layer("ear")
                .definedBy("org.jangbu.health..", "org.jangbu.tls..", "org.jangbu.elytron..", "org.jangbu.quickstart..")
                .whereLayer("ear")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("web-console")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("ordering-jms")
                .mayOnlyBeAccessedByLayers("web-console", "ear")
                .whereLayer("ledger-ejb")
                .mayOnlyBeAccessedByLayers("ordering-jms", "web-console", "cli", "ear")
                .whereLayer("msp-security")
                .mayOnlyBeAccessedByLayers("ledger-ejb", "ordering-jms", "web-console", "cli", "ear")
                .whereLayer("chaincode-api")
                .mayOnlyBeAccessedByLayers("ledger-ejb", "ordering-jms", "web-console", "cli", "ear"));
    }

    @Test
    void within_a_peer_each_stage_of_a_transaction_knows_only_earlier_foundations() {
        order(
                "org.jangbu.peer.gateway..",
                "org.jangbu.ledger..",
                "org.jangbu.peer.validate..",
                "org.jangbu.peer.endorse..");
        order("org.jangbu.peer.endorse..", "org.jangbu.ledger..", "org.jangbu.peer.validate..");
        order("org.jangbu.peer.validate..", "org.jangbu.ledger..");
        order(
                "org.jangbu.ledger.commit..",
                "org.jangbu.ledger.state..",
                "org.jangbu.ledger.block..",
                "org.jangbu.ledger.channel..");
        order("org.jangbu.ledger.state..", "org.jangbu.ledger.block..", "org.jangbu.ledger.channel..");
    }

    @Test
    void only_adapters_know_jakarta_ee() {
        check(noClasses()
                .that(resideOutsideOfPackages(ADAPTERS).and(not(resideInAnyPackage(PROGRAM))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "org.eclipse.microprofile.."));
    }

    @Test
    void what_a_face_shows_and_does_for_a_client_is_plain_java() {
        check(noClasses()
                .that(resideInAnyPackage("org.jangbu.web.client..", "org.jangbu.web.view.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "org.eclipse.microprofile.."));
    }

    @Test
    void the_core_does_not_know_its_adapters() {
        check(noClasses()
                .that(resideOutsideOfPackages(ADAPTERS).and(not(resideInAnyPackage(PROGRAM))))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.jangbu..").and(resideInAnyPackage(ADAPTERS))));
    }

    @Test
    void nothing_but_the_ear_knows_the_application_server() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.wildfly..", "org.jboss.as..", "org.jboss.ejb3.."));
    }

    @Test
    void only_the_orderer_knows_jms() {
        check(noClasses()
                .that(not(resideInAnyPackage("org.jangbu.ordering..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.jms..", "org.apache.activemq.."));
    }

    @Test
    void packages_form_no_cycles() {
        check(slices().matching("org.jangbu.(**)").should().beFreeOfCycles());
    }

    @Test
    void names_say_what_a_thing_is() {
        check(classes().should().haveSimpleNameNotEndingWith("Impl"));
        for (String empty : List.of("Manager", "Helper", "Util", "Utils")) {
            check(classes().should().haveSimpleNameNotEndingWith(empty));
        }
    }

    /** None of the lower packages may know the upper one. */
    private static void order(String above, String... below) {
        check(noClasses()
                .that(resideInAnyPackage(below))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(above));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
