package dev.slipway.systems.web;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The source of a web page. Comments are not part of it; content that scripts add later is not
 * seen.
 */
public final class PageSource {
  private static final Pattern COMMENT = Pattern.compile("<!--.*?(-->|\\z)", Pattern.DOTALL);
  private static final Pattern REFERENCE =
      Pattern.compile("\\b(?:src|href)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");

  private final URI address;
  private final String text;

  /** A page that was found at an address. */
  public PageSource(URI address, String source) {
    this.address = address;
    this.text = COMMENT.matcher(source).replaceAll("");
  }

  /** The address at which it was found. */
  public URI address() {
    return address;
  }

  /** Whether it holds a text, as it is or with HTML's own characters escaped. */
  public boolean contains(String wanted) {
    return text.contains(wanted) || text.contains(escaped(wanted));
  }

  /** Whether a pattern is found in it. */
  public boolean contains(Pattern wanted) {
    return wanted.matcher(text).find();
  }

  /** Whether it leads to an address; a slash at the end makes no difference. */
  public boolean leadsTo(String link) {
    String plain = withoutSlash(link);
    return references().stream().anyMatch(uri -> withoutSlash(uri.toString()).equals(plain));
  }

  /** Every address that it names in {@code src} or {@code href}, made absolute, each once. */
  public List<URI> references() {
    Set<URI> found = new LinkedHashSet<>();
    Matcher matcher = REFERENCE.matcher(text);
    while (matcher.find()) {
      String reference = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      absolute(reference).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  private Optional<URI> absolute(String reference) {
    try {
      return Optional.of(address.resolve(reference.strip().replace("&amp;", "&")));
    } catch (IllegalArgumentException e) {
      // A text that is no address leads nowhere.
      return Optional.empty();
    }
  }

  private static String withoutSlash(String link) {
    return link.endsWith("/") ? link.substring(0, link.length() - 1) : link;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
