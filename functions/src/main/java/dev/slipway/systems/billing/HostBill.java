package dev.slipway.systems.billing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * HostBill's admin API, as far as its credential can be tried: {@code getHostBillversion}.
 * Unverified; what is not clearly a yes or a no is not understood.
 */
public final class HostBill implements BillingSystem {

  private static final String ASKED = "getHostBillversion";

  private final HttpPort http;
  private final URI api;
  private final String id;
  private final String key;

  /**
   * A client of one installation.
   *
   * @param url the installation's address, with its path
   */
  public HostBill(HttpPort http, URI url, String id, String key) {
    this.http = http;
    String text = url.toString();
    this.api = URI.create((text.endsWith("/") ? text : text + "/") + "admin/api.php");
    this.id = id;
    this.key = key;
  }

  @Override
  public String name() {
    return "HostBill";
  }

  @Override
  public Contact contact() {
    Redactor redactor = Redactor.of(id, key);
    HttpAnswer answer =
        http.send(
                HttpCall.get("billing", ASKED, Destination.CUSTOMER, api, redactor)
                    .method("POST")
                    .form(Map.of("api_id", id, "api_key", key, "call", ASKED))
                    .changingNothing())
            .orTrouble();
    JsonNode tree = answer.json();
    if (tree.path("success").asBoolean(false)) {
      return new Contact(
          answer.call().against(), ASKED, redactor.answer(tree.toString()), List.of());
    }
    String errors = tree.path("error").toString().toLowerCase(Locale.ROOT);
    boolean refused =
        errors.contains("api") && (errors.contains("wrong") || errors.contains("invalid"));
    throw answer.trouble(
        refused ? Kind.AUTHENTICATION_FAILED : Kind.NOT_UNDERSTOOD,
        refused
            ? "HostBill does not accept the credential."
            : "HostBill answered neither with success nor with an error that is known.");
  }

  @Override
  public Optional<TestCustomers> testCustomers() {
    return Optional.empty();
  }
}
