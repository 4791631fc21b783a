package org.jangbu.tests.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.tests.ca.CaCaller;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConsoleBrowserIT extends NetworkTest {
    private static Chromium chromium;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void leads_from_the_channels_over_a_block_to_a_transfer() throws Exception {
        JsonObject transfer = transfer();
        try (Visit visit = visit("en")) {
            visit.signIn(QuickStartUsers.userOfOrg1());
            assertThat(visit.heading()).isEqualTo("Channels");
            visit.picture("channels");

            visit.page().locator(".channel h2 a").first().click();
            visit.page().locator(".blocks .number a").first().click();
            visit.page().waitForURL("**/ledger/block?**");
            visit.open("/ledger/block?channel=" + TrialServer.CHANNEL + "&number=" + transfer.getInt("blockNumber"));
            assertThat(visit.fact("Block hash")).matches("[0-9a-f]{64}");
            assertThat(visit.fact("Signed by")).contains("orderer.example.com");
            visit.picture("block");

            String id = transfer.getString("transactionId");
            visit.page()
                    .locator(".transactions a", new Page.LocatorOptions().setHasText(id.substring(0, 12)))
                    .click();
            visit.page().waitForURL("**/ledger/transaction?**");
            assertThat(visit.fact("Transaction id")).isEqualTo(id);
            assertThat(visit.page().locator(".verdictCard").innerText())
                    .contains("VALID", "The transaction is valid and took effect.");
            assertThat(visit.fact("Function")).isEqualTo("transfer");
            assertThat(visit.fact("Creator")).contains("User1@org1.example.com", "Org1MSP");
            assertThat(visit.page().locator(".endorsers .who").allInnerTexts())
                    .containsExactlyInAnyOrder("peer0.org1.example.com", "peer0.org2.example.com");
            assertReadsBesideWrites(visit.page());
            visit.picture("transaction");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void whoever_is_registered_at_an_authority_signs_in_until_revoked() throws Exception {
        CaCaller admin =
                CaCaller.enroll("admin", QuickStartUsers.administratorOfOrg1().password());
        String id = Fresh.name("visitor");
        String body = "{\"id\":\"" + id + "\",\"type\":\"client\",\"secret\":\"visitorpw\",\"max_enrollments\":1}";
        assertThat(admin.call("POST", "/api/v1/register", body).outcome()).isEqualTo("201");
        try (Visit visit = visit("en");
                Visit korean = visit("ko")) {
            korean.open("/");
            korean.signIn(id, "wrong");
            assertThat(korean.page().locator("#refused").innerText()).isNotBlank();
            assertThat(korean.fitsItsWindow()).isTrue();
            korean.picture("sign-in-authority-ko");

            visit.open("/");
            assertThat(visit.page().locator("main").innerText()).contains("enrolment id and secret", "Org1MSP/alice");
            visit.picture("sign-in-authority");
            visit.signIn(id, "visitorpw");
            visit.page().waitForURL("**/ledger/channels");
            assertThat(visit.page().locator("body").innerText()).contains("Org1MSP/" + id);
            visit.picture("signed-in-authority");
            assertThat(admin.call("POST", "/api/v1/revoke", "{\"id\":\"" + id + "\"}")
                            .outcome())
                    .isEqualTo("200");
            visit.open("/ledger/channels");
            assertThat(visit.page().url()).contains("/sign-in");
            visit.signIn(id, "visitorpw");
            assertThat(visit.page().locator("#refused").isVisible()).isTrue();
        }
    }

    @Test
    void says_that_a_right_secret_alone_is_not_enough() throws Exception {
        CaCaller admin =
                CaCaller.enroll("admin", QuickStartUsers.administratorOfOrg1().password());
        String id = Fresh.name("visitor");
        String body = "{\"id\":\"" + id + "\",\"type\":\"client\",\"secret\":\"visitorpw\",\"max_enrollments\":1}";
        assertThat(admin.call("POST", "/api/v1/register", body).outcome()).isEqualTo("201");
        CaCaller.enroll(id, "visitorpw");
        try (Visit visit = visit("ko")) {
            visit.open("/");
            visit.signIn(id, "visitorpw");
            assertThat(visit.page().locator("#notAdmitted").innerText()).contains("유효한 인증서가 없습니다");
            visit.picture("sign-in-not-admitted-ko");
        }
    }

    /** The tests' own channel; other classes may have founded more. */
    private static Locator channel1(Visit visit) {
        return visit.page().locator(".channel:has-text('channel1')").first();
    }

    @Test
    void shows_a_new_block_without_being_asked() throws Exception {
        try (Visit visit = visit("en")) {
            visit.signIn(QuickStartUsers.userOfOrg2());
            Locator height = channel1(visit).locator(".height").first();
            long before = Long.parseLong(height.innerText());
            transfer();
            await().atMost(Duration.ofSeconds(20)).until(() -> Long.parseLong(height.innerText()) > before);
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void shows_where_the_keyboard_is_and_leaves_it_there_when_the_page_updates() throws Exception {
        try (Visit visit = visit("en")) {
            visit.signIn(QuickStartUsers.userOfOrg1());
            Locator newest = channel1(visit).locator(".blocks .number a").first();
            String number = newest.innerText();
            do {
                visit.page().keyboard().press("Tab");
                assertThat(visit.outlineOfFocused()).isEqualTo("solid");
            } while (!visit.focused().innerText().equals(number));
            visit.picture("focus");
            transfer();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !newest.innerText().equals(number));
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> visit.focused().innerText().equals(number));
        }
    }

    @Test
    void says_in_words_why_a_transaction_took_no_effect() throws Exception {
        String account = Fresh.name("conflict");
        network.open(account, 100);
        network.open(account + "x", 0);
        JsonObject call = Rest.call("transfer", account, account + "x", "60");
        JsonObject first = network.user()
                .post(Rest.chaincode("remittance") + "/endorse", call)
                .json();
        JsonObject second = network.user()
                .post(Rest.chaincode("remittance") + "/endorse", call)
                .json();
        assertThat(send(first).outcome()).isEqualTo("200 VALID");
        assertThat(send(second).outcome()).isEqualTo("409 transaction-invalid");
        try (Visit visit = visit("ko")) {
            visit.signIn(QuickStartUsers.userOfOrg1());
            visit.open(
                    "/ledger/transaction?channel=" + TrialServer.CHANNEL + "&id=" + second.getString("transactionId"));
            assertThat(visit.page().locator(".verdictCard").innerText())
                    .contains("MVCC_READ_CONFLICT", "읽은 값이 커밋되기 전에 다른 트랜잭션에 의해 바뀌었습니다.");
            visit.picture("transaction-conflict-ko");
        }
    }

    @Test
    void speaks_the_browsers_language_until_another_is_chosen() {
        try (Visit visit = visit("ko-KR")) {
            visit.open("/");
            assertThat(visit.heading()).isEqualTo("로그인");
            visit.picture("sign-in-ko");
            visit.signIn(QuickStartUsers.userOfOrg1());
            assertThat(visit.heading()).isEqualTo("채널");
            visit.picture("channels-ko");
            visit.page().locator(".languages a[lang=en]").click();
            visit.page().waitForURL("**/ledger/channels");
            assertThat(visit.heading()).isEqualTo("Channels");
            visit.open("/ledger/channel?name=" + TrialServer.CHANNEL);
            assertThat(visit.page().locator("html").getAttribute("lang")).isEqualTo("en");
            visit.page().locator(".languages a[lang=ko]").click();
            visit.page().waitForURL("**/ledger/channel?name=" + TrialServer.CHANNEL);
            assertThat(visit.page().locator("html").getAttribute("lang")).isEqualTo("ko");
            visit.picture("channel-ko");
            visit.open("/ledger/block?channel=" + TrialServer.CHANNEL + "&number=0");
            visit.picture("genesis-ko");
        }
    }

    @Test
    void asks_to_sign_in_and_leads_back_to_the_page_that_was_wanted() {
        try (Visit visit = visit("en")) {
            visit.open("/ledger/block?channel=" + TrialServer.CHANNEL + "&number=0");
            assertThat(visit.heading()).isEqualTo("Sign in");
            visit.signIn(QuickStartUsers.userOfOrg1().name(), "wrong");
            assertThat(visit.page().locator("[role=alert]").innerText()).isEqualTo("Name or password is wrong.");
            visit.picture("sign-in-refused");
            visit.signIn(
                    QuickStartUsers.userOfOrg1().name(),
                    QuickStartUsers.userOfOrg1().password());
            visit.page().waitForURL("**/ledger/block?channel=" + TrialServer.CHANNEL + "&number=0");
            assertThat(visit.heading()).isEqualTo("Block 0");

            visit.page().locator(".session button").click();
            visit.page().waitForURL("**/sign-in");
            visit.open("/ledger/channels");
            assertThat(visit.heading()).isEqualTo("Sign in");
        }
    }

    @Test
    void a_sign_in_does_not_lead_to_another_site() {
        try (Visit visit = visit("en")) {
            visit.open("/sign-in?next=//elsewhere.example/");
            visit.signIn(
                    QuickStartUsers.userOfOrg1().name(),
                    QuickStartUsers.userOfOrg1().password());
            visit.page().waitForURL("**/ledger/channels");
        }
    }

    @Test
    void the_session_changes_its_id_at_sign_in_and_opens_the_console_only() throws Exception {
        try (Visit visit = visit("en")) {
            visit.open("/");
            String before = session(visit).value;
            visit.signIn(
                    QuickStartUsers.userOfOrg1().name(),
                    QuickStartUsers.userOfOrg1().password());
            visit.page().waitForURL("**/ledger/channels");
            Cookie after = session(visit);
            assertThat(after.value).isNotEqualTo(before);
            assertThat(setCookie()).contains("HttpOnly", "SameSite=Lax");
            assertThat(status("GET", "/api/v1/channels", "Cookie", after.name + "=" + after.value))
                    .isEqualTo(401);
            assertThat(status(
                            "POST",
                            "/sign-out",
                            "Cookie",
                            after.name + "=" + after.value,
                            "Origin",
                            "https://elsewhere.example"))
                    .isEqualTo(403);
            assertThat(visit.open("/ledger/channels")).isEqualTo(200);
        }
    }

    @Test
    void what_is_not_there_gets_a_page_of_its_own_without_a_stack_trace() {
        try (Visit visit = visit("en")) {
            visit.signIn(QuickStartUsers.userOfOrg1());
            List<String> missing = List.of(
                    "/nothing",
                    "/ledger/nothing",
                    "/ledger/channel?name=nowhere",
                    "/ledger/block?channel=" + TrialServer.CHANNEL + "&number=999999",
                    "/ledger/transaction?channel=" + TrialServer.CHANNEL + "&id=" + "0".repeat(64));
            for (String path : missing) {
                assertThat(visit.open(path)).as(path).isEqualTo(404);
                assertThat(visit.heading()).as(path).isEqualTo("There is nothing here");
                assertThat(visit.page().content()).as(path).doesNotContain("org.jangbu", "Exception", "\tat ");
            }
            assertThat(visit.open("/ledger/block?channel=" + TrialServer.CHANNEL + "&number=x"))
                    .isEqualTo(400);
            visit.picture("not-found");
            assertThat(visit.complaints()).allMatch(text -> text.startsWith("Failed to load resource"));
        }
    }

    @Test
    void finds_blocks_and_transactions_by_what_people_paste() throws Exception {
        String id = transfer().getString("transactionId");
        try (Visit visit = visit("en")) {
            visit.signIn(QuickStartUsers.userOfOrg1());
            visit.open("/ledger/channel?name=" + TrialServer.CHANNEL);
            find(visit, id);
            assertThat(visit.fact("Transaction id")).isEqualTo(id);
            visit.page().goBack();
            find(visit, "0");
            assertThat(visit.heading()).isEqualTo("Block 0");
            String hash = visit.fact("Block hash");
            visit.open("/ledger/channel?name=" + TrialServer.CHANNEL);
            find(visit, hash);
            assertThat(visit.heading()).isEqualTo("Block 0");
            visit.open("/ledger/channel?name=" + TrialServer.CHANNEL);
            find(visit, "no such thing");
            assertThat(visit.page().locator("[role=status]").innerText()).startsWith("Nothing of this number");
            visit.picture("channel");
        }
    }

    @Test
    void fits_a_telephone() throws Exception {
        JsonObject transfer = transfer();
        try (Visit visit = new Visit(console(), chromium.visitor("ko-KR", 390, 844))) {
            visit.signIn(QuickStartUsers.userOfOrg1());
            for (String page : List.of(
                    "channels",
                    "channel?name=" + TrialServer.CHANNEL,
                    "block?channel=" + TrialServer.CHANNEL + "&number=" + transfer.getInt("blockNumber"),
                    "transaction?channel=" + TrialServer.CHANNEL + "&id=" + transfer.getString("transactionId"))) {
                visit.open("/ledger/" + page);
                assertThat(visit.fitsItsWindow()).as(page).isTrue();
                visit.picture("phone-" + page.replaceAll("\\?.*", ""));
            }
        }
    }

    private JsonObject transfer() throws Exception {
        String payer = Fresh.name("payer");
        network.open(payer, 10_000);
        network.open(payer + "x", 0);
        Rest.Answer answer = network.user().submit("remittance", "transfer", payer, payer + "x", "1000");
        assertThat(answer.outcome()).isEqualTo("200 VALID");
        return answer.json();
    }

    private Rest.Answer send(JsonObject endorsed) throws Exception {
        String envelope = endorsed.getJsonArray("transactions").getJsonObject(0).getString("envelope");
        return network.user()
                .post(
                        Rest.channel() + "/envelopes?wait=30",
                        Json.createObjectBuilder().add("message", envelope).build());
    }

    private static void find(Visit visit, String text) {
        visit.page().locator("#q").fill(text);
        visit.page().locator(".find button").click();
        visit.page().waitForLoadState();
    }

    private static void assertReadsBesideWrites(Page page) {
        Locator namespace = page.locator(
                ".rwset",
                new Page.LocatorOptions()
                        .setHas(page.locator("h2", new Page.LocatorOptions().setHasText("remittance"))));
        double reads = namespace.locator(".reads").boundingBox().y;
        double writes = namespace.locator(".writes").boundingBox().y;
        assertThat(reads).isEqualTo(writes);
        assertThat(namespace.locator(".reads tbody tr").count()).isPositive();
        assertThat(namespace.locator(".writes tbody tr").count()).isEqualTo(2);
    }

    private static Cookie session(Visit visit) {
        return visit.context().cookies().stream()
                .filter(cookie -> cookie.name.equals("JANGBU"))
                .findFirst()
                .orElseThrow();
    }

    private static int status(String method, String path, String... headers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(console().resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .headers(headers)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** As the server words it: browsers fill in what is not said. */
    private static String setCookie() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(console().resolve("/sign-in")).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
    }

    private static Visit visit(String language) {
        return new Visit(console(), chromium.visitor(language, 1280, 900));
    }

    private static URI console() {
        return TrialServer.installation().server().http();
    }
}
