package dev.slipway.local.iam;

import dev.slipway.local.aws.Access;
import dev.slipway.local.template.PolicyStatement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The permissions of one function or state machine, and those that were ever used. */
final class Role {
  private final String owner;
  private final String userArn;
  private final List<Statement> statements;
  private final Set<Statement.Match> used = ConcurrentHashMap.newKeySet();

  /**
   * @param owner the logical id of the function or state machine
   * @param userArn as whom it calls
   */
  Role(String owner, String userArn, List<PolicyStatement> policies) {
    this.owner = owner;
    this.userArn = userArn;
    this.statements = policies.stream().map(Statement::of).toList();
  }

  /** Why an access is refused; empty if it is granted. */
  Optional<String> refusal(Access access) {
    var matches = statements.stream().flatMap(one -> one.match(access).stream()).toList();
    if (matches.stream().anyMatch(match -> !match.statement().allows())) {
      return Optional.of(refused(access) + " with an explicit deny in an identity-based policy");
    }
    if (matches.isEmpty()) {
      return Optional.of(
          refused(access)
              + " because no identity-based policy allows the "
              + access.action()
              + " action");
    }
    // The first alone: a second grant of the same is one too many.
    used.add(matches.getFirst());
    return Optional.empty();
  }

  private String refused(Access access) {
    return "User: %s is not authorized to perform: %s on resource: %s"
        .formatted(userArn, access.action(), access.shown());
  }

  /** Every pair of an action and a resource that is allowed. */
  List<Grant> grants() {
    return statements.stream()
        .filter(Statement::allows)
        .flatMap(
            statement ->
                statement.actions().entries().stream()
                    .flatMap(
                        action ->
                            statement.resources().entries().stream()
                                .map(resource -> new Statement.Match(statement, action, resource))))
        .map(
            match ->
                new Grant(
                    owner,
                    match.action(),
                    match.resource(),
                    match.statement().source().line(),
                    used.contains(match)))
        .toList();
  }
}
