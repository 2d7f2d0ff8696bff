package dev.slipway.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.aws.Access;
import dev.slipway.local.template.PolicyStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A statement of a policy, as far as policies are understood here. Unknown parts are refused when
 * the statement is read, never when it is used.
 *
 * @param allows otherwise it denies
 * @param source where it stands
 */
record Statement(
    boolean allows,
    Choice actions,
    Choice resources,
    List<Condition> conditions,
    PolicyStatement source) {
  private static final Set<String> KNOWN =
      Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition");
  private static final Pattern ACTION = Pattern.compile("\\*|[a-z0-9-]+:[A-Za-z0-9*?]+");
  private static final Pattern ARN = Pattern.compile("\\*|arn:[^:]+:[^:]+:[^:]*:[^:]*:.+");

  /**
   * The list of a statement under {@code Action} or {@code NotAction}, {@code Resource} or {@code
   * NotResource}.
   *
   * @param excludes all but what is listed
   */
  record Choice(List<Wildcard> listed, boolean excludes) {

    /** The entry by which a value is in the choice. */
    Optional<String> match(String value) {
      var entry = listed.stream().filter(one -> one.matches(value)).findFirst();
      if (excludes) {
        return entry.isPresent() ? Optional.empty() : Optional.of("all but " + texts());
      }
      return entry.map(Wildcard::text);
    }

    /** The entries that can be matched, each as {@link #match} names it. */
    List<String> entries() {
      return excludes ? List.of("all but " + texts()) : texts();
    }

    private List<String> texts() {
      return listed.stream().map(Wildcard::text).toList();
    }
  }

  /** Reads a statement; throws {@link dev.slipway.local.template.TemplateException}. */
  static Statement of(PolicyStatement source) {
    var json = source.json();
    for (var member : json.properties()) {
      if (!KNOWN.contains(member.getKey())) {
        throw source.problem(
            "'%s' in a policy's statement is not understood here".formatted(member.getKey()));
      }
    }
    var effect = json.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw source.problem("'Effect' of a policy's statement must be Allow or Deny");
    }
    return new Statement(
        effect.equals("Allow"),
        choice(source, "Action", ACTION, Wildcard::ofAction),
        choice(source, "Resource", ARN, Wildcard::ofArn),
        Condition.of(source),
        source);
  }

  private static Choice choice(
      PolicyStatement source, String key, Pattern form, Function<String, Wildcard> wildcard) {
    var json = source.json();
    if (json.has(key) == json.has("Not" + key)) {
      throw source.problem("a policy's statement needs either '%s' or 'Not%s'".formatted(key, key));
    }
    boolean excludes = json.has("Not" + key);
    JsonNode value = json.get(excludes ? "Not" + key : key);
    var listed = new ArrayList<Wildcard>();
    for (var one : value.isArray() ? value : List.of(value)) {
      var text = one.asText();
      if (text.contains("${") || !form.matcher(text).matches()) {
        throw source.problem("'%s' of a policy is not understood here: %s".formatted(key, one));
      }
      listed.add(wildcard.apply(text));
    }
    if (listed.isEmpty()) {
      throw source.problem("'%s' of a policy is empty".formatted(key));
    }
    return new Choice(List.copyOf(listed), excludes);
  }

  /** How the statement concerns an access: by which action and which resource. */
  Optional<Match> match(Access access) {
    return actions
        .match(access.action())
        .flatMap(
            action ->
                resources
                    .match(access.resource())
                    .map(resource -> new Match(this, action, resource)))
        .filter(found -> conditions.stream().allMatch(one -> one.holds(access)));
  }

  /** A statement concerns an access by these two of its entries. */
  record Match(Statement statement, String action, String resource) {}
}
