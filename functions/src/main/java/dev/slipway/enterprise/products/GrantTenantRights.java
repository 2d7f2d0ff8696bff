package dev.slipway.enterprise.products;

import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.People;
import dev.slipway.enterprise.SeenViews;
import dev.slipway.enterprise.products.TenantUsers.Member;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.ResourceApi.Resource;
import dev.slipway.task.Acceptance;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * M18: the administrators of a tenant have their roles in the hub, have signed in, and see users
 * and organisations. Whoever else has a role is told.
 */
public final class GrantTenantRights extends TaskFunction {
  private static final String ADMINS = "tenant-admins";
  private static final List<String> VIEWS = List.of("users", "organisations");

  private final HttpPort http;

  /** For Lambda. */
  public GrantTenantRights() {
    this(FunctionContext.lambda());
  }

  public GrantTenantRights(FunctionContext context) {
    this(context, context.egress());
  }

  GrantTenantRights(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    TenantUsers users = users(work);
    work.step("ensure")
        .about(ADMINS, "tenants")
        .field(ADMINS)
        .leftToPerson(TenantUsers.LEFT_TO_PERSON)
        .machine(users::ensure)
        .orPerson(users::look);
    work.step("invite").about(ADMINS).field(ADMINS).accepted(() -> users.signedIn(Instant.EPOCH));
    SeenViews views = new SeenViews(work, ADMINS, wanted(work));
    work.step("views")
        .about(ADMINS)
        .field(ADMINS)
        .person(
            statement -> {
              Finding stated = views.stated(statement);
              return asManagers(work, statement, stated);
            });
  }

  @Override
  protected void verify(Work work) {
    TenantUsers users = users(work);
    work.proof(ADMINS, users::look);
    work.step("accepted").field(ADMINS).machine(() -> requireSignedIn(users));
    work.step("no-more").field(ADMINS).machine(() -> others(work, users));
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(ADMINS, users(work)::putBack);
  }

  private TenantUsers users(Work work) {
    return new TenantUsers(work, TenantHub.of(work, http), members(work), ADMINS);
  }

  private static List<Member> members(Work work) {
    return work.element(ADMINS).valueStream().map(Member::of).toList();
  }

  private static Map<String, Set<String>> wanted(Work work) {
    Map<String, Set<String>> wanted = new LinkedHashMap<>();
    members(work).forEach(each -> wanted.put(each.email(), new LinkedHashSet<>(VIEWS)));
    return wanted;
  }

  private static Finding requireSignedIn(TenantUsers users) {
    Acceptance acceptance = users.signedIn(Instant.EPOCH);
    if (!acceptance.isComplete()) {
      throw new UnmetRequirement(
          "tenant-admins.not-accepted",
          MnoHub.SYSTEM,
          ADMINS,
          "These have not signed in yet: " + String.join(", ", acceptance.missing()) + ".",
          "Ask them to sign in; then retry.");
    }
    return acceptance.seen();
  }

  /**
   * The hub is asked as each administrator, where it lets a tenant do so; that it lets nobody says
   * nothing about their rights.
   */
  private Finding asManagers(Work work, Answer statement, Finding stated) {
    MnoHub hub = TenantHub.of(work, http);
    List<String> seen = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Member member : members(work)) {
      Resource user = hub.user(member.email()).orElseThrow(() -> notSeen(List.of(member.shown())));
      try {
        seen.add(
            "user %s: %d user(s), %d organization(s)"
                .formatted(
                    user.id(), hub.seenAs(user, "users"), hub.seenAs(user, "organizations")));
      } catch (SystemTrouble trouble) {
        if (trouble.kind() != Kind.NOT_PERMITTED && trouble.kind() != Kind.REJECTED) {
          throw trouble;
        }
        refused.add(member.shown());
      }
    }
    if (!seen.isEmpty() && !refused.isEmpty()) {
      throw notSeen(refused);
    }
    return seen.isEmpty()
        ? stated
        : new Finding(
            "GET users, organizations with act_as_manager; statements of the administrators",
            hub.against(),
            String.join("; ", seen) + "; " + stated.answer(),
            null,
            statement.by());
  }

  private static UnmetRequirement notSeen(List<String> people) {
    return new UnmetRequirement(
        "tenant-admins.not-seen",
        MnoHub.SYSTEM,
        ADMINS,
        "The hub does not let these see users and organisations: "
            + String.join(", ", people)
            + ".",
        "Look at their roles in the admin panel; then state again who sees what.");
  }

  private static Finding others(Work work, TenantUsers users) {
    Set<String> known = members(work).stream().map(Member::email).collect(Collectors.toSet());
    known.add(People.SUPPORT);
    List<String> others =
        users.others(known).stream()
            .map(user -> user.text("email") + " (" + user.text(MnoHub.ROLE) + ")")
            .toList();
    return new Finding(
        "GET users, all pages",
        work.at("tenant"),
        others.isEmpty()
            ? "nobody else has a role"
            : "warning: the element does not name " + String.join(", ", others));
  }
}
