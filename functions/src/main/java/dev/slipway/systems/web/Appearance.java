package dev.slipway.systems.web;

import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a site looks to a visitor: the style sheets and images that its pages name, of the site's own
 * host. What scripts load later is not seen, unless its path is given.
 *
 * <pre>{@code
 * Appearance site = Appearance.of(http, "express", "acme.example", List.of("/", "/logo.png"));
 * site.hasColour("#1B4F72");
 * }</pre>
 */
public final class Appearance {
  private static final int MOST_FILES = 60;
  private static final int MOST_REDIRECTS = 3;

  /** Of an image this much is kept, to tell its type and size. */
  private static final int KEPT = 1 << 20;

  private static final int LARGEST = 20 << 20;

  private static final Pattern URL =
      Pattern.compile("url\\(\\s*+[\"']?([^\"')\\s]{1,2000})[\"']?\\s*+\\)");
  private static final Pattern IMAGE = Pattern.compile("\\.(png|svg|ico|jpe?g|gif)$");

  private final HttpPort http;
  private final String system;
  private final String host;
  private final StringBuilder styles = new StringBuilder();
  private final Map<URI, Image> images = new LinkedHashMap<>();
  private final Set<URI> seen = new LinkedHashSet<>();
  private int sheets;

  private Appearance(HttpPort http, String system, String host) {
    this.http = http;
    this.system = system;
    this.host = host;
  }

  /**
   * An image that the site serves.
   *
   * @param sha256 of its bytes, in hex
   * @param file its type and size, if it is an image
   */
  public record Image(String sha256, Optional<ImageFile> file) {}

  /**
   * Looks at a site.
   *
   * @param system its name in troubles
   * @param paths pages to begin at, and files that no page names; a page that is not there is left
   *     out, but the first has to be there
   * @throws SystemTrouble when the first page does not come
   */
  public static Appearance of(HttpPort http, String system, String host, List<String> paths) {
    Appearance site = new Appearance(http, system, host);
    Deque<URI> waiting = new ArrayDeque<>();
    site.page(site.address(paths.getFirst()), waiting).orTrouble();
    paths.stream().skip(1).map(site::address).forEach(waiting::add);
    while (!waiting.isEmpty() && site.seen.size() < MOST_FILES) {
      site.look(waiting.remove(), waiting);
    }
    return site;
  }

  private URI address(String path) {
    return URI.create("https://" + host + path);
  }

  /** Whether a colour such as {@code #1B4F72} occurs in a style, in whichever way it is written. */
  public boolean hasColour(String hex) {
    String colour = hex.toLowerCase(Locale.ROOT);
    String all = styles.toString();
    boolean isShort =
        colour.charAt(1) == colour.charAt(2)
            && colour.charAt(3) == colour.charAt(4)
            && colour.charAt(5) == colour.charAt(6);
    String numbers =
        "rgb\\(\\s*%d\\s*,\\s*%d\\s*,\\s*%d\\s*\\)"
            .formatted(part(colour, 1), part(colour, 3), part(colour, 5));
    return all.contains(colour)
        || (isShort
            && all.matches(
                "(?s).*#%c%c%c\\b.*"
                    .formatted(colour.charAt(1), colour.charAt(3), colour.charAt(5))))
        || Pattern.compile(numbers).matcher(all).find();
  }

  private static int part(String colour, int at) {
    return Integer.parseInt(colour.substring(at, at + 2), 16);
  }

  /** Where an image of these bytes is. */
  public Optional<URI> image(String sha256) {
    return images.entrySet().stream()
        .filter(each -> each.getValue().sha256().equals(sha256))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Where an image of this type and size is. */
  public Optional<URI> imageLike(ImageFile file) {
    return images.entrySet().stream()
        .filter(each -> each.getValue().file().filter(file::equals).isPresent())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The numbers of what was looked at, in words. */
  public String extent() {
    return sheets + " style sheet(s), " + images.size() + " image(s)";
  }

  private void look(URI address, Deque<URI> waiting) {
    if (!host.equals(address.getHost()) || !seen.add(address)) {
      return;
    }
    String path = address.getPath().toLowerCase(Locale.ROOT);
    if (IMAGE.matcher(path).find()) {
      image(address);
    } else if (path.endsWith(".css")) {
      HttpAnswer answer = http.send(call(address));
      if (answer.isSuccess()) {
        sheets++;
        style(address, answer.text(), waiting);
      }
    } else if (!path.endsWith(".js") && !path.matches(".*\\.(json|xml|woff2?|ttf|eot)")) {
      page(address, waiting);
    }
  }

  private HttpAnswer page(URI first, Deque<URI> waiting) {
    URI at = first;
    HttpAnswer answer = http.send(call(at));
    for (int i = 0; i < MOST_REDIRECTS && isElsewhereHere(at, answer); i++) {
      at = at.resolve(answer.header("location").orElseThrow());
      seen.add(at);
      answer = http.send(call(at));
    }
    if (answer.isSuccess()) {
      style(at, answer.text(), waiting);
      for (URI reference : new PageSource(at, answer.text()).references()) {
        String path = String.valueOf(reference.getPath()).toLowerCase(Locale.ROOT);
        // Of the pages only those that were asked for.
        if (path.endsWith(".css") || IMAGE.matcher(path).find()) {
          waiting.add(reference);
        }
      }
    }
    return answer;
  }

  /** Whether the site sends the visitor to another page of its own. */
  private boolean isElsewhereHere(URI at, HttpAnswer answer) {
    return answer.status() / 100 == 3
        && answer
            .header("location")
            .flatMap(location -> resolved(at, location))
            .filter(target -> host.equals(target.getHost()))
            .isPresent();
  }

  private void style(URI at, String text, Deque<URI> waiting) {
    styles.append(text.toLowerCase(Locale.ROOT)).append('\n');
    Matcher url = URL.matcher(text);
    while (url.find()) {
      resolved(at, url.group(1)).ifPresent(waiting::add);
    }
  }

  private static Optional<URI> resolved(URI at, String reference) {
    try {
      return Optional.of(at.resolve(reference));
    } catch (IllegalArgumentException e) {
      // A text that is no address leads nowhere.
      return Optional.empty();
    }
  }

  private void image(URI address) {
    Hashed hashed = new Hashed();
    if (http.send(call(address), hashed).isSuccess()) {
      images.put(address, hashed.image());
    }
  }

  private HttpCall call(URI address) {
    return HttpCall.get(
        system, "GET " + address.getPath(), Destination.CUSTOMER, address, Redactor.none());
  }

  /** Hashes a body as it arrives, and keeps its beginning. */
  private static final class Hashed implements HttpPort.BodyReader {
    private String sha256 = "";
    private Bytes beginning = Bytes.NONE;

    @Override
    public void read(InputStream body) throws IOException {
      MessageDigest digest = sha256();
      byte[] kept = body.readNBytes(KEPT);
      digest.update(kept);
      byte[] rest = body.readNBytes(LARGEST);
      digest.update(rest);
      beginning = Bytes.of(kept);
      sha256 = HexFormat.of().formatHex(digest.digest());
    }

    Image image() {
      return new Image(sha256, ImageFile.of(beginning));
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
