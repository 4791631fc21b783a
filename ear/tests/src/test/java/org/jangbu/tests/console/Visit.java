package org.jangbu.tests.console;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jangbu.quickstart.network.TrialUser;

/** One visitor's browser window on the console; keeps a list of what the browser complained about. */
final class Visit implements AutoCloseable {
    private static final Path PICTURES = Path.of("target", "console");

    private final URI console;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    Visit(URI console, BrowserContext context) {
        this.console = console;
        this.context = context;
        this.page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** Script errors, refused resources, breaches of the content security policy. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Goes to an address and gives the answer's status. */
    int open(String path) {
        return page.navigate(console.resolve(path).toString()).status();
    }

    /** Fills the sign-in form and sends it. */
    void signIn(String name, String password) {
        page.locator("input[autocomplete=username]").fill(name);
        page.locator("input[autocomplete=current-password]").fill(password);
        page.locator("form[id=signIn] button[type=submit]").click();
    }

    /** Opens the console and signs in. */
    void signIn(TrialUser user) {
        open("/");
        signIn(user.name(), user.password());
        page.waitForURL("**/ledger/channels");
    }

    /** The page's main heading. */
    String heading() {
        return page.locator("main h1").textContent().strip();
    }

    /** What stands beside a term in the page's lists of facts. */
    String fact(String term) {
        return page.locator("dt", new Page.LocatorOptions().setHasText(term))
                .first()
                .locator("xpath=following-sibling::dd[1]")
                .innerText()
                .strip();
    }

    /** Where the keyboard is. */
    Locator focused() {
        return page.locator("*:focus");
    }

    /** How the focused element is outlined. */
    String outlineOfFocused() {
        return (String) focused().evaluate("element => getComputedStyle(element).outlineStyle");
    }

    /** Whether nothing sticks out to the right. */
    boolean fitsItsWindow() {
        return (boolean)
                page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth");
    }

    /** Keeps a picture for people to look at. */
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
    }

    @Override
    public void close() {
        context.close();
    }
}
