package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.sandbox.mail.ReadableMail;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A guest who follows the newest link in their mailbox, and types the code that comes for it. */
final class GuestVisit {
  private static final Pattern LINK = Pattern.compile("/app/g/([a-z0-9-]+)\\.(\\w+)#([\\w-]+)");
  private static final Pattern CODE = Pattern.compile("your code is\\s+(\\d{6})");

  private final HttpClient http = SlipwayApi.httpClient();
  private final LocalSlipway slipway;
  private final String address;
  private final URI place;
  private String cookie = "";

  private GuestVisit(LocalSlipway slipway, String address) throws Exception {
    this.slipway = slipway;
    this.address = address;
    Matcher link = newest(LINK);
    place =
        slipway
            .runtime()
            .apiUri()
            .resolve("/guests/%s/%s/".formatted(link.group(1), link.group(2)));
    String secret = link.group(3);
    assertEquals(202, send("POST", "code", "{\"secret\": \"%s\"}".formatted(secret)).statusCode());
    HttpResponse<String> in =
        send(
            "POST",
            "session",
            "{\"secret\": \"%s\", \"code\": \"%s\"}".formatted(secret, newest(CODE).group(1)));
    assertEquals(200, in.statusCode(), in::body);
    cookie = in.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    assertEquals(200, send("GET", "ask", "").statusCode());
  }

  /** Comes in. */
  static GuestVisit of(LocalSlipway slipway, String address) throws Exception {
    return new GuestVisit(slipway, address);
  }

  private Matcher newest(Pattern pattern) {
    String mail =
        slipway.sandbox().mails().stream()
            .filter(each -> each.recipients().contains(address))
            .map(each -> ReadableMail.of(each).text())
            .filter(text -> pattern.matcher(text).find())
            .reduce((one, next) -> next)
            .orElseThrow();
    Matcher found = pattern.matcher(mail);
    assertTrue(found.find());
    return found;
  }

  /** Sends what the page sends; it has to be taken. */
  void does(String method, String what, String body, String... headers) throws Exception {
    HttpResponse<String> answer = send(method, what, body, headers);
    assertTrue(answer.statusCode() < 300, answer::body);
  }

  /** Asks for a file that the guest's ask does not name. */
  void findsNoOtherFile(String sha256) throws Exception {
    assertEquals(403, send("GET", "files/" + sha256, "").statusCode());
  }

  private HttpResponse<String> send(String method, String what, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(place.resolve(what))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Slipway-Guest", "1")
            .header("Sec-Fetch-Site", "same-origin");
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    for (int at = 0; at < headers.length; at += 2) {
      request.header(headers[at], headers[at + 1]);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
