package dev.slipway.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Files;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * Slipway's HTTP API as one caller sees it. Answers are JSON trees, as the OpenAPI document
 * describes them.
 *
 * <p>Every method throws {@link ApiProblem} if the API refuses, and {@link UncheckedIOException} if
 * it cannot be reached. Requests that can be repeated without harm are repeated twice when the
 * gateway fails.
 */
public final class SlipwayApi {
  /** Longer than the gateway's own 30 seconds, so that its answer comes first. */
  private static final Duration PATIENCE = Duration.ofSeconds(35);

  private static final int TRIES = 5;

  /** Before the second try of a request that can be repeated; twice as long before each next. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private final HttpClient http;
  private final URI base;
  private final String token;

  /**
   * @param http shared by the callers of one process
   * @param base the API's address, such as {@code http://127.0.0.1:8080}
   * @param token a JWT that says who calls
   */
  public SlipwayApi(HttpClient http, URI base, String token) {
    this.http = http;
    this.base = base;
    this.token = token;
  }

  /** A client to share among callers: no redirects, no proxy of the environment. */
  public static HttpClient httpClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  /**
   * Creates an onboarding, or answers the one that was created with the same key.
   *
   * @param key makes the request idempotent
   */
  public JsonNode create(String checklist, String name, String key) {
    return create(checklist, name, key, false);
  }

  /**
   * The same.
   *
   * @param shared whether the key means the same onboarding whoever sends it
   */
  public JsonNode create(String checklist, String name, String key, boolean shared) {
    ObjectNode body = object().put("checklist", checklist).put("name", name);
    if (shared) {
      body.put("sharedKey", true);
    }
    return send("POST", "/onboardings", body, Map.of("Idempotency-Key", key), true);
  }

  /** A page of the onboardings; {@code cursor} is null for the first. */
  public JsonNode list(String cursor) {
    return get("/onboardings" + query("cursor", cursor));
  }

  /** All onboardings that the caller may see, every page. */
  public List<JsonNode> all() {
    List<JsonNode> all = new ArrayList<>();
    String cursor = null;
    do {
      JsonNode page = list(cursor);
      page.path("onboardings").forEach(all::add);
      cursor = page.hasNonNull("next") ? page.path("next").asText() : null;
    } while (cursor != null);
    return all;
  }

  /** An onboarding with its progress. */
  public JsonNode onboarding(String id) {
    return get(of(id));
  }

  /** The same with when all of it can be done. */
  public JsonNode onboardingWithEnd(String id) {
    return get(of(id) + query("expected", "true"));
  }

  /** The elements that apply, with what was given. */
  public JsonNode elements(String id) {
    return get(of(id) + "/elements");
  }

  /** The effect of another value of an element; changes nothing. */
  public JsonNode previewElement(String id, String element, JsonNode value) {
    return send("POST", element(id, element) + "/preview", value, Map.of(), true);
  }

  /**
   * Saves an element's value; of an onboarding that was started, with any effect.
   *
   * @param version the version that it replaces; empty if there must be none yet
   */
  public JsonNode saveElement(String id, String element, JsonNode value, OptionalLong version) {
    try {
      return saveElement(id, element, value, version, null);
    } catch (ApiProblem e) {
      if (!e.code().equals("effect.not-seen")) {
        throw e;
      }
      return saveElement(id, element, value, version, e.body().path("currentHash").asText());
    }
  }

  /**
   * Saves an element's value, if it does what was seen.
   *
   * @param version the version that it replaces; empty if there must be none yet
   * @param effect the hash of the effect that was seen; null: none, as before the first start
   */
  public JsonNode saveElement(
      String id, String element, JsonNode value, OptionalLong version, String effect) {
    Map<String, String> headers = new HashMap<>();
    if (version.isPresent()) {
      headers.put("If-Match", "\"" + version.getAsLong() + "\"");
    } else {
      headers.put("If-None-Match", "*");
    }
    if (effect != null) {
      headers.put("Effect-Hash", effect);
    }
    return send("PUT", element(id, element), value, headers, true);
  }

  /** Hands over a file; the answer names it by its hash. */
  public JsonNode uploadFile(String id, byte[] content, String name, String mediaType) {
    HttpRequest.Builder request =
        request("POST", of(id) + "/files", BodyPublishers.ofByteArray(content))
            .header("Content-Type", mediaType)
            .header("X-File-Name", encode(name));
    return exchange(request.build(), true);
  }

  /** The files without their content. */
  public JsonNode files(String id) {
    return get(of(id) + "/files").path("files");
  }

  /**
   * A file, byte for byte.
   *
   * @throws UncheckedIOException if the answer is not the file of that SHA-256
   */
  public byte[] file(String id, String sha256) {
    HttpRequest request =
        request("GET", of(id) + "/files/" + encode(sha256), BodyPublishers.noBody()).build();
    String line = line(request);
    HttpResponse<byte[]> response = response(request, line, true);
    if (response.statusCode() != 200) {
      answer(line, response);
    }
    if (!sha256.equals(Files.sha256(response.body()))) {
      throw new UncheckedIOException(
          new IOException(line + " did not answer the file of that SHA-256"));
    }
    return response.body();
  }

  /** Stores a credential; the answer grades it. */
  public JsonNode storeCredential(String id, String system, JsonNode fields) {
    return send("PUT", of(id) + "/credentials/" + encode(system), fields, Map.of(), false);
  }

  /** The plan of an onboarding. */
  public JsonNode plan(String id) {
    return get(of(id) + "/plan");
  }

  /** Starts what the plan of the given hash says. */
  public JsonNode start(String id, String planHash) {
    return post(of(id) + "/start", object().put("planHash", planHash));
  }

  /** Stops the run. */
  public JsonNode stop(String id, String reason) {
    return post(of(id) + "/stop", object().put("reason", reason));
  }

  /** Has the rows that are done looked at again. */
  public JsonNode lookAgain(String id, String reason) {
    return post(of(id) + "/look-again", object().put("reason", reason));
  }

  /** Stops one section of the run. */
  public JsonNode stopSection(String id, String section, String reason) {
    return post(of(id) + "/sections/" + encode(section) + "/stop", object().put("reason", reason));
  }

  /** Lets a section go on that was stopped. */
  public JsonNode startSection(String id, String section, String reason) {
    return post(of(id) + "/sections/" + encode(section) + "/start", object().put("reason", reason));
  }

  /** Ends the onboarding before its time. */
  public JsonNode cancel(String id, String reason) {
    return post(of(id) + "/cancel", object().put("reason", reason));
  }

  /**
   * Says that a step of a task was done.
   *
   * @param values further facts that the step asks for; null without
   */
  public JsonNode complete(String id, String task, String step, String statement, JsonNode values) {
    return complete(id, task, List.of(), step, statement, values);
  }

  /**
   * The same of several instances of a task at once.
   *
   * @param instances such as {@code uat.acme}; empty: of the task, or the instance, that is named
   */
  public JsonNode complete(
      String id,
      String task,
      List<String> instances,
      String step,
      String statement,
      JsonNode values) {
    ObjectNode body = object().put("step", step).put("statement", statement);
    if (values != null) {
      body.set("values", values);
    }
    instances.forEach(each -> body.withArray("instances").add(each));
    return post(task(id, task) + "/complete", body);
  }

  /** Asks for a task to be performed again. */
  public JsonNode retry(String id, String task, String reason) {
    return decide(id, task, "retry", reason);
  }

  /** Does without an optional task. */
  public JsonNode skip(String id, String task, String reason) {
    return decide(id, task, "skip", reason);
  }

  /** Proposes to do without a mandatory task. */
  public JsonNode waive(String id, String task, String reason) {
    return decide(id, task, "waive", reason);
  }

  /** Agrees, as the second person, to do without a mandatory task. */
  public JsonNode approve(String id, String task, String reason) {
    return decide(id, task, "approve", reason);
  }

  /** Refuses to do without a mandatory task, or takes one's own wish for that back. */
  public JsonNode refuse(String id, String task, String reason) {
    return post(task(id, task) + "/approve", object().put("reason", reason).put("refused", true));
  }

  /** Asks for the settings that a task changed to be put back. */
  public JsonNode putBack(String id, String task, String reason) {
    return decide(id, task, "put-back", reason);
  }

  /** Adds a row. */
  public JsonNode addRow(String id, JsonNode row) {
    return post(of(id) + "/rows", row);
  }

  /**
   * Hands what waits to a colleague.
   *
   * @param step the step that waits; null: whichever does
   */
  public JsonNode delegate(
      String id, String task, String step, String name, String email, String reason) {
    return delegate(id, task, step, name, email, reason, false);
  }

  /**
   * The same.
   *
   * @param access whether the colleague may answer it without an account
   */
  public JsonNode delegate(
      String id,
      String task,
      String step,
      String name,
      String email,
      String reason,
      boolean access) {
    ObjectNode body = object().put("reason", reason);
    body.putObject("to").put("name", name).put("email", email);
    if (step != null) {
      body.put("step", step);
    }
    if (access) {
      body.put("access", true);
    }
    return post(task(id, task) + "/delegate", body);
  }

  /**
   * Writes a note about a task.
   *
   * @param blocked whether the caller cannot go on with what it asks
   * @param step null: the task as a whole, or if blocked the step that waits
   */
  public JsonNode note(String id, String task, String text, boolean blocked, String step) {
    ObjectNode body = object().put("text", text);
    if (blocked) {
      body.put("blocked", true);
    }
    if (step != null) {
      body.put("step", step);
    }
    return post(task(id, task) + "/notes", body);
  }

  /**
   * A page of the notes, the newest first; {@code cursor} is null for the first.
   *
   * @param task only of this task; null: of all
   */
  public JsonNode notes(String id, String task, String cursor) {
    return get(of(id) + "/notes" + query("limit", "100", "task", task, "cursor", cursor));
  }

  /** Says how what held somebody up was settled. */
  public JsonNode settle(String id, String note, String text) {
    return post(of(id) + "/notes/" + encode(note) + "/settle", object().put("text", text));
  }

  /** Invites a person of the customer's. */
  public JsonNode invite(String id, String name, String email) {
    return post(of(id) + "/people/invitations", object().put("name", name).put("email", email));
  }

  /**
   * Lets a person without an account give one thing.
   *
   * @param kind {@code element} or {@code credential}
   */
  public JsonNode grantGuest(String id, String name, String email, String kind, String what) {
    return post(
        of(id) + "/people/guests", object().put("name", name).put("email", email).put(kind, what));
  }

  /** The members, invitations and guests. */
  public JsonNode people(String id) {
    return get(of(id) + "/people");
  }

  /** Ends a membership or an invitation. */
  public JsonNode endPerson(String id, String person, String reason) {
    return post(of(id) + "/people/" + encode(person) + "/end", object().put("reason", reason));
  }

  /**
   * Makes the caller a member.
   *
   * @param secret what stands behind {@code #} in the invitation's link
   */
  public JsonNode redeem(String id, String invitation, String secret) {
    return post(
        "/invitations/" + encode(id) + "/" + encode(invitation) + "/redeem",
        object().put("secret", secret));
  }

  /** Makes a one-time code for a probe runner. */
  public JsonNode enrolProbeRunner(String id, String name) {
    return post(of(id) + "/probe-runners", object().put("name", name));
  }

  /** The probe runners, and their probes. */
  public JsonNode probeRunners(String id) {
    return get(of(id) + "/probe-runners");
  }

  /** Ends a probe runner. */
  public JsonNode revokeProbeRunner(String id, String runner, String reason) {
    return post(
        of(id) + "/probe-runners/" + encode(runner) + "/revoke", object().put("reason", reason));
  }

  /** A page of the audit trail; {@code after} is null for the first. */
  public JsonNode events(String id, String after) {
    return get(of(id) + "/events" + query("after", after));
  }

  /** The newest page of the audit trail, newest first. */
  public JsonNode newestEvents(String id) {
    return get(of(id) + "/events" + query("order", "desc"));
  }

  /** Who calls, as what. */
  public JsonNode me() {
    return get("/me");
  }

  /**
   * A page of all onboardings with their progress; {@code cursor} is null for the first.
   *
   * @param show {@code OVERDUE}, {@code FAILED}, {@code WAIVER}, {@code CUSTOMER}, {@code VENDOR};
   *     null: all
   */
  public JsonNode portfolio(String show, String cursor) {
    return get("/portfolio" + query("show", show, "cursor", cursor));
  }

  /**
   * A page of an onboarding's tasks, instance by instance; each wish may be null.
   *
   * @param task one task, or one instance
   * @param outcome one or more, apart by commas
   * @param party that is waited for
   */
  public JsonNode tasks(String id, String task, String outcome, String party, String cursor) {
    return get(
        of(id)
            + "/tasks"
            + query("task", task, "outcome", outcome, "party", party, "cursor", cursor));
  }

  /**
   * A page of what a party is asked for; {@code cursor} is null for the first.
   *
   * @param party {@code VENDOR}, {@code CUSTOMER}, {@code THIRD_PARTY}, {@code SECOND_PERSON}
   */
  public JsonNode openWork(String party, String cursor) {
    return get("/open-work" + query("party", party, "cursor", cursor));
  }

  /** One task, or an instance of it, with its steps and what has come of it. */
  public JsonNode oneTask(String id, String task) {
    return get(task(id, task));
  }

  /** The report as JSON, byte for byte: so far, or as it was signed off. */
  public byte[] report(String id) {
    return report(id, "json");
  }

  /**
   * The report in a form, byte for byte.
   *
   * @param format {@code json}, {@code markdown} or {@code html}
   */
  public byte[] report(String id, String format) {
    return document(of(id) + "/report", format);
  }

  /** How often it is looked at after go-live, and the addenda so far. */
  public JsonNode looks(String id) {
    return get(of(id) + "/looks");
  }

  /** Sets how often it is looked at after go-live; 0 days: no more. */
  public JsonNode scheduleLooks(String id, int everyDays) {
    return send("PUT", of(id) + "/looks", object().put("everyDays", everyDays), Map.of(), true);
  }

  /**
   * The addendum of one look in a form, byte for byte.
   *
   * @param format {@code json} or {@code html}
   */
  public byte[] addendum(String id, int number, String format) {
    return document(of(id) + "/looks/" + number, format);
  }

  /** The addendum of one look. */
  public JsonNode addendum(String id, int number) {
    return get(of(id) + "/looks/" + number);
  }

  private byte[] document(String path, String format) {
    HttpRequest request =
        request("GET", path + query("format", format), BodyPublishers.noBody()).build();
    String line = line(request);
    HttpResponse<byte[]> response = response(request, line, true);
    if (response.statusCode() / 100 != 2 || format.equals("json")) {
      answer(line, response);
    }
    return response.body();
  }

  /** Freezes the report and signs it; {@code reason} may be empty. */
  public JsonNode signOff(String id, String reason) {
    return post(of(id) + "/sign-off", reason.isEmpty() ? object() : object().put("reason", reason));
  }

  /** The sign-off: by whom, and the signature. */
  public JsonNode signOff(String id) {
    return get(of(id) + "/sign-off");
  }

  /**
   * A token for another person, of a Slipway that runs on this machine; of a deployed one its
   * issuer gives them.
   */
  public String localToken(String role, String name, String onboarding, String email) {
    return post(
            "/.local/tokens",
            object()
                .put("role", role)
                .put("name", name)
                .put("onboarding", onboarding)
                .put("email", email))
        .path("token")
        .asText();
  }

  private JsonNode decide(String id, String task, String what, String reason) {
    return post(task(id, task) + "/" + what, object().put("reason", reason));
  }

  private JsonNode get(String path) {
    return exchange(request("GET", path, BodyPublishers.noBody()).build(), true);
  }

  private JsonNode post(String path, JsonNode body) {
    return send("POST", path, body, Map.of(), false);
  }

  private JsonNode send(
      String method, String path, JsonNode body, Map<String, String> headers, boolean repeatable) {
    HttpRequest.Builder request =
        request(method, path, BodyPublishers.ofString(body.toString()))
            .header("Content-Type", "application/json");
    headers.forEach(request::header);
    return exchange(request.build(), repeatable);
  }

  private HttpRequest.Builder request(
      String method, String path, HttpRequest.BodyPublisher publisher) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json")
        .method(method, publisher);
  }

  private JsonNode exchange(HttpRequest request, boolean repeatable) {
    String line = line(request);
    return answer(line, response(request, line, repeatable));
  }

  private static String line(HttpRequest request) {
    return request.method() + " " + request.uri().getPath();
  }

  private HttpResponse<byte[]> response(HttpRequest request, String line, boolean repeatable) {
    for (int attempt = 1; ; attempt++) {
      boolean last = !repeatable || attempt == TRIES;
      try {
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        boolean stumbled = response.statusCode() == 429 || response.statusCode() >= 500;
        if (!stumbled || last) {
          return response;
        }
        Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
      } catch (IOException e) {
        if (last) {
          throw new UncheckedIOException(
              line + ": the API at " + base + " cannot be reached: " + reason(e), e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(line + ": interrupted", new IOException(e));
      }
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static JsonNode answer(String line, HttpResponse<byte[]> response) {
    JsonNode body = null;
    try {
      String text = new String(response.body(), StandardCharsets.UTF_8);
      body = text.isBlank() ? object() : Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      // A body that is no JSON is no answer of the API; only the status is known.
    }
    if (response.statusCode() / 100 != 2 || body == null) {
      throw new ApiProblem(line, response.statusCode(), body);
    }
    return body;
  }

  private static String of(String onboarding) {
    return "/onboardings/" + encode(onboarding);
  }

  private static String element(String onboarding, String element) {
    return of(onboarding) + "/elements/" + encode(element);
  }

  private static String task(String onboarding, String task) {
    return of(onboarding) + "/tasks/" + encode(task);
  }

  /** Names and values; those that are null are left out. */
  private static String query(String... pairs) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i + 1] != null) {
        query.add(pairs[i] + "=" + encode(pairs[i + 1]));
      }
    }
    return query.toString();
  }

  /** Percent-encodes one segment of a path, or one value of a query. */
  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
