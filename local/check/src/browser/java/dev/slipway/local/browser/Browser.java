package dev.slipway.local.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium with a session of its own, at the pages of one Slipway. */
final class Browser implements AutoCloseable {
  static final Path BINARY = Path.of(System.getProperty("browser.binary", "/usr/bin/chromium"));
  static final Path DRIVER = Path.of(System.getProperty("browser.driver", "/usr/bin/chromedriver"));

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String AXE = resource("/axe.min.js");
  private static final int HEIGHT = 900;

  /** Finds what axe does not mind: columns of a few letters, and what is wider than the window. */
  private static final String LAYOUT =
      """
      const found = [];
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      if (wide > 0) found.push('the page is ' + wide + ' pixels wider than the window');
      for (const each of document.querySelectorAll('main *, header *')) {
        const text = [...each.childNodes].filter((it) => it.nodeType === 3).map((it) => it.data.trim()).join(' ').trim();
        const box = each.getBoundingClientRect();
        const size = parseFloat(getComputedStyle(each).fontSize);
        if (text.length > 12 && box.width > 1 && box.width < size * 4 && box.height > size * 4) {
          found.push('a column of few letters: ' + text.slice(0, 40));
        }
      }
      return found;
      """;

  /**
   * Finds codes where people read: keys, hashes, times and enumerations as the API writes them,
   * marks of source, and what a script made of nothing. Values, people's words and what is to be
   * copied are as they are.
   */
  private static final String CODES =
      """
      const code = new RegExp('`|\\\\{"|\\\\[object |\\\\bundefined\\\\b|\\\\bnull\\\\b|\\\\bNaN\\\\b|\\\\bInvalid Date\\\\b|[0-9a-f]{32}'
        + '|\\\\b[0-9A-HJKMNP-TV-Z]{26}\\\\b|\\\\b[A-Z]{2,}(_[A-Z]+)+\\\\b|\\\\d{4}-\\\\d\\\\d-\\\\d\\\\dT\\\\d\\\\d:'
        + '|(?<![\\\\w./-])[a-z]+(-[a-z]+)*[.]([a-z]+-)+[a-z]+\\\\b|\\\\bcredential:|\\\\b[a-z]+[A-Z][a-z]+'
        + '|(?<![\\\\w./@-])(uat|mnohub|connec|impac|nex)(?![\\\\w@-]|[.]\\\\w)');
      const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      const found = [];
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const wrong = text.data.match(code);
        if (wrong && !text.parentElement.closest('pre, dd, code, textarea, .own, a[target]')) {
          found.push('a code where people read: ' + wrong[0] + ' in ' + text.data.trim().slice(0, 120));
        }
      }
      return found;
      """;

  private static final String RUN_AXE =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}})
        .then((result) => done(result.violations.map((it) => it.id + ': ' + it.nodes.slice(0, 3)
          .map((node) => node.target.join(' ') + ' (' + node.failureSummary.replace(/\\s+/g, ' ').slice(0, 200) + ')').join('; '))));
      """;

  private final URI pages;
  private final ChromeDriver driver;

  /**
   * @param pages their address
   */
  Browser(URI pages) {
    this.pages = pages;
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BINARY.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
    window(1280, false);
  }

  private static String resource(String name) {
    try (InputStream in = Browser.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void window(int width, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Opens a page as the person whose button on the sign-in page has these texts. */
  void signIn(String name, String what) {
    driver.get(pages.toString());
    pick(name, what);
  }

  /** Goes to where a link of a mail leads, whatever comes there. */
  void follow(String link) {
    driver.get(pages.resolve(link).toString());
  }

  /** Signs in as the person whose button has these texts. */
  void pick(String name, String what) {
    await("the sign-in page", () -> !driver.findElements(By.name("person")).isEmpty());
    driver.findElements(By.name("person")).stream()
        .filter(button -> button.getText().contains(name) && button.getText().contains(what))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody to pick is " + name + ", " + what))
        .click();
    await("to be signed in", () -> driver.findElements(By.name("person")).isEmpty());
    awaitPage();
  }

  void signOut() {
    press("Sign out");
    await("to be signed out", () -> heading().equals("You are signed out"));
  }

  /** A name as part of a path. */
  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  /** Loads a page anew. */
  void load(String path) {
    driver.get(pages.resolve(path).toString());
    awaitPage();
  }

  /** Goes on in the tab that was opened last. */
  void openedTab() {
    await("another tab", () -> driver.getWindowHandles().size() > 1);
    driver.switchTo().window(List.copyOf(driver.getWindowHandles()).getLast());
  }

  private void awaitPage() {
    await("a page", () -> !List.of("", "One moment …", "Slipway").contains(heading()));
  }

  String heading() {
    return driver.findElements(By.cssSelector("main h1")).stream()
        .findFirst()
        .map(WebElement::getText)
        .orElse("");
  }

  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  String path() {
    return URI.create(driver.getCurrentUrl()).getPath();
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** The field with a label. */
  WebElement field(String label) {
    WebElement found =
        all("label").stream()
            .filter(each -> each.getText().replaceFirst("\\s+optional$", "").strip().equals(label))
            .findFirst()
            .orElseThrow(() -> new NoSuchElementException("no field " + label + " in " + text()));
    String id = found.getDomAttribute("for");
    return id == null ? found.findElement(By.tagName("input")) : driver.findElement(By.id(id));
  }

  /** Types anew into the field with a label. */
  void type(String label, String text) {
    WebElement field = field(label);
    field.clear();
    field.sendKeys(text);
  }

  /** Chooses an option, by its value, of the list with a label. */
  void choose(String label, String value) {
    field(label).findElement(By.cssSelector("option[value='" + value + "']")).click();
  }

  /** Presses the button or link that begins with these words, as soon as it is there. */
  void press(String words) {
    await(
        "the button " + words,
        () ->
            driver.findElements(By.cssSelector("button, a")).stream()
                .filter(each -> each.getText().strip().startsWith(words) && each.isDisplayed())
                .findFirst()
                .map(this::click)
                .isPresent());
  }

  /** Presses what saves a file, and answers what was saved under this name. */
  byte[] save(String name) throws IOException {
    Path folder = Files.createTempDirectory("slipway-saved");
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString()));
    Path file = folder.resolve(name);
    try {
      press(name);
      // It is empty, or has another name, while it is being written.
      await("the file " + name, () -> file.toFile().length() > 0);
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /** Presses the button of the open dialog that does what it asks for. */
  void confirm() {
    find("dialog[open] button:not([type=button])").click();
  }

  private WebElement click(WebElement button) {
    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", button);
    button.click();
    return button;
  }

  boolean has(String text) {
    return text().contains(text);
  }

  /** Presses keys, wherever the focus is. */
  void keys(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Goes on by the Tab key until the element has the focus. */
  void tabTo(WebElement wanted) {
    for (int i = 0; i < 200; i++) {
      if (driver.switchTo().activeElement().equals(wanted)) {
        return;
      }
      keys(Keys.TAB);
    }
    throw new AssertionError("the keyboard does not reach " + wanted.getText());
  }

  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits for a state of the page. */
  void await(String what, BooleanSupplier state) {
    await(what, state, PATIENCE);
  }

  void await(String what, BooleanSupplier state, Duration patience) {
    Instant latest = Instant.now().plus(patience);
    while (true) {
      try {
        if (state.getAsBoolean()) {
          return;
        }
      } catch (WebDriverException e) {
        if (!wasDrawnAnew(e)) {
          throw e;
        }
      }
      if (Instant.now().isAfter(latest)) {
        throw new AssertionError(
            "still waiting for %s at %s:%n%s%n%s"
                .formatted(what, driver.getCurrentUrl(), text(), console()));
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Whether the page was drawn anew, or another one loaded, while the driver read it. */
  private static boolean wasDrawnAnew(WebDriverException trouble) {
    return trouble instanceof StaleElementReferenceException
        || trouble instanceof NoSuchElementException
        || trouble.getMessage().contains("does not belong to the document");
  }

  void awaitText(String text) {
    await("“" + text + "”", () -> has(text));
  }

  /**
   * What the browser complained of since it was last asked: errors, and violations of the policy.
   */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(line -> line.getLevel().intValue() > Level.INFO.intValue())
        .map(line -> line.getLevel() + " " + line.getMessage())
        .toList();
  }

  /** What reads like code, of what is shown and of what is folded. */
  @SuppressWarnings("unchecked")
  List<String> codes() {
    return (List<String>) driver.executeScript(CODES);
  }

  /** What is wrong with the page as it is: to axe, and to the eye. */
  @SuppressWarnings("unchecked")
  List<String> findings() {
    if (!(Boolean) driver.executeScript("return 'axe' in window")) {
      driver.executeScript(AXE);
    }
    List<String> findings = new ArrayList<>((List<String>) driver.executeAsyncScript(RUN_AXE));
    findings.addAll(layout());
    return findings;
  }

  /** What is wrong with it to the eye alone. */
  @SuppressWarnings("unchecked")
  List<String> layout() {
    return (List<String>) driver.executeScript(LAYOUT);
  }

  /** Keeps a picture of the whole page, to be looked at. */
  void picture(Path file) {
    long height =
        ((Number) driver.executeScript("return document.documentElement.scrollHeight")).longValue();
    long width =
        ((Number) driver.executeScript("return document.documentElement.clientWidth")).longValue();
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
