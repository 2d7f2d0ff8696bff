package dev.slipway.systems.storage;

import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A WebDAV folder (RFC 4918) with HTTP Basic authentication. */
public final class WebDavStorage implements BackupStorage {

  private static final int MULTI_STATUS = 207;
  private static final int NO_ROOM = 507;

  /** RFC 4918, 18: each of the others includes class 1, whether it is named beside them or not. */
  private static final Set<String> CLASSES = Set.of("1", "2", "3");

  private static final Pattern ANSWER =
      Pattern.compile("^\\s*+(?:<\\?[^>]{0,200}+>\\s*+)*+<(?:[\\w.-]{1,40}+:)?+multistatus[\\s>/]");

  private static final String QUOTA_QUESTION =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><propfind xmlns=\"DAV:\"><prop>"
          + "<resourcetype/><quota-available-bytes/></prop></propfind>";

  /** Read by pattern: a document from outside is not given to an XML parser for one number. */
  private static final Pattern QUOTA =
      Pattern.compile("<(?:\\w+:)?quota-available-bytes[^<>/]*+>\\s*(\\d{1,18})\\s*<");

  private final HttpPort http;
  private final String folder;
  private final String user;
  private final String password;

  /**
   * A client of one folder.
   *
   * @param folder its address
   */
  public WebDavStorage(HttpPort http, URI folder, String user, String password) {
    this.http = http;
    String text = folder.toString();
    this.folder = text.endsWith("/") ? text : text + "/";
    this.user = user;
    this.password = password;
  }

  @Override
  public String against() {
    URI uri = URI.create(folder);
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  @Override
  public String look() {
    HttpAnswer options = succeeded(http.send(call("OPTIONS", "").changingNothing()));
    List<String> classes = options.list("dav");
    if (classes.isEmpty()) {
      throw options.trouble(
          Kind.NOT_UNDERSTOOD,
          options.call().against() + " does not offer WebDAV at this address (no DAV header).");
    }
    if (classes.stream().noneMatch(CLASSES::contains)) {
      throw options.trouble(
          Kind.NOT_UNDERSTOOD,
          options.call().against()
              + " offers no compliance class of WebDAV, but only "
              + String.join(", ", classes)
              + ".");
    }
    return "DAV " + String.join(", ", classes) + ", PROPFIND " + properties().status();
  }

  @Override
  public StorageReport probe(String asker) {
    Matcher quota = QUOTA.matcher(properties().text());
    OptionalLong free =
        quota.find() ? OptionalLong.of(Long.parseLong(quota.group(1))) : OptionalLong.empty();
    // Beside the backups and not in a folder of its own: making one is not every login's right.
    String name = "_probe-" + asker;
    return new ObjectRoundTrip(
            (method, content) -> {
              HttpCall call = call(method, name);
              return succeeded(
                  http.send(
                      method.equals("PUT")
                          ? call.body("application/octet-stream", content)
                          : call));
            })
        .run(name, ObjectRoundTrip.content(), free);
  }

  private HttpAnswer properties() {
    HttpAnswer answer =
        succeeded(
            http.send(
                call("PROPFIND", "")
                    .changingNothing()
                    .header("Depth", "0")
                    .body("application/xml; charset=utf-8", Bytes.of(QUOTA_QUESTION))));
    if (answer.status() != MULTI_STATUS) {
      throw answer.trouble(
          Kind.NOT_UNDERSTOOD,
          answer.call().against() + " answered PROPFIND with " + answer.status() + ", not 207.");
    }
    if (!ANSWER.matcher(answer.text()).lookingAt()) {
      throw answer.trouble(
          Kind.NOT_UNDERSTOOD,
          answer.call().against() + " answered PROPFIND with another status than multistatus.");
    }
    return answer;
  }

  private HttpCall call(String method, String name) {
    return HttpCall.get(
            S3Storage.SYSTEM,
            "WebDAV " + method,
            Destination.CUSTOMER,
            URI.create(folder + name),
            Redactor.of(password))
        .method(method)
        .basic(user, password);
  }

  private static HttpAnswer succeeded(HttpAnswer answer) {
    if (answer.isSuccess()) {
      return answer;
    }
    throw switch (answer.status()) {
      case 401 ->
          answer.loginTrouble(answer.call().against() + " does not accept this user and password");
      case 404, 409 ->
          answer.trouble(
              Kind.NOT_FOUND, answer.call().against() + " has no folder at this address.");
      case 405, 501 ->
          answer.trouble(
              Kind.NOT_UNDERSTOOD,
              answer.call().against() + " does not offer WebDAV at this address.");
      case NO_ROOM -> answer.trouble(Kind.REJECTED, "The storage has no room left (HTTP 507).");
      default -> answer.statusTrouble();
    };
  }
}
