package org.jangbu.tests.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's own Chromium, driven without a screen. Playwright's download of browsers is switched off. */
final class Chromium implements AutoCloseable {
    private static final List<String> ARGUMENTS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts it, or skips the test where there is none. The property {@code jangbu.test.chromium} names one that is kept elsewhere. */
    static Chromium start() {
        Optional<Path> program =
                candidates().map(Path::of).filter(Files::isExecutable).findFirst();
        assumeTrue(program.isPresent(), "no Chromium here; Debian package: chromium");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(program.orElseThrow())
                                .setArgs(ARGUMENTS)));
    }

    private static Stream<String> candidates() {
        String named = System.getProperty("jangbu.test.chromium", "");
        return named.isEmpty()
                ? Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                : Stream.of(named);
    }

    /** A fresh profile: no cookies, a language, a window of that size. */
    BrowserContext visitor(String language, int width, int height) {
        return browser.newContext(
                new Browser.NewContextOptions().setLocale(language).setViewportSize(width, height));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
