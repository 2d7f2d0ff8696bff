package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.ApiWorld.Answer;
import dev.slipway.api.ApiWorld.Token;
import dev.slipway.json.Json;
import dev.slipway.ledger.Memberships;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is invited, comes in, sees what, and is sent away. No mail service is set up here. */
class PeopleRoutesTest {
  private static final String ADDRESS = "Kurt@hoster.example";

  private final ApiWorld world = new ApiWorld();

  @AfterEach
  void close() {
    world.close();
  }

  /** An account of the issuer, to which that gives no role. */
  private static Token account(String subject, String address) {
    return new Token(subject, "Kurt Kollege", null, null, address);
  }

  private static Token kurt() {
    return account("sub-kurt", "kurt@HOSTER.example");
  }

  private Answer invite(Token by, String id, String address) {
    return world
        .request("InvitePerson")
        .by(by)
        .on(id)
        .body(Json.tree(Map.of("name", "Kurt Kollege", "email", address)).toString())
        .send();
  }

  /** The link's parts. */
  private record Link(String onboarding, String invitation, String secret) {
    static Link of(Answer invited) {
      assertEquals(201, invited.status(), invited.text());
      String[] parts = invited.body().get("link").asText().split("/app/i/|[.]|#", -1);
      int end = parts.length;
      return new Link(parts[end - 3], parts[end - 2], parts[end - 1]);
    }
  }

  private Answer redeem(Token by, Link link) {
    return redeem(by, link, Map.of("secret", link.secret()));
  }

  private Answer redeem(Token by, Link link, Map<String, Object> body) {
    return world
        .request("RedeemInvitation")
        .by(by)
        .on(link.onboarding())
        .path("invitation", link.invitation())
        .body(Json.tree(body).toString())
        .send();
  }

  private Answer end(Token by, String id, String person) {
    return world
        .request("EndPerson")
        .by(by)
        .on(id)
        .path("person", person)
        .body("{\"reason\": \"he has left\"}")
        .send();
  }

  private int sees(Token by, String id) {
    return world.request("GetOnboarding").by(by).on(id).send().status();
  }

  private JsonNode people(String id) {
    return world.request("ListPeople").on(id).send().body();
  }

  private List<String> acts(String id) {
    return world
        .request("ListEvents")
        .on(id)
        .query("limit", "200")
        .send()
        .body()
        .findValuesAsText("what");
  }

  @Test
  void whoIsInvitedComesInAndSeesThisOnboardingAsACustomer() {
    String id = world.running();
    String other = world.create();
    assertEquals(403, sees(kurt(), id), "nobody yet");
    Link link = Link.of(invite(Token.customer(id), id, ADDRESS));
    assertFalse(world.tableText().contains(link.secret()), "its hash alone is kept");

    Answer look = redeem(kurt(), link, Map.of("secret", link.secret(), "look", true));
    assertEquals("Example Hosting", look.body().get("onboardingName").asText());
    assertFalse(look.body().get("member").asBoolean());
    assertEquals(403, sees(kurt(), id), "to look spends nothing");

    Answer came = redeem(kurt(), link);
    assertTrue(came.body().get("member").asBoolean(), came.text());
    assertEquals(200, sees(kurt(), id));
    assertEquals(404, sees(kurt(), other));
    JsonNode me = world.request("GetMe").by(kurt()).send().body();
    assertEquals("[\"customer\"]", me.get("roles").toString());
    assertEquals(id, me.at("/onboardings/0/id").asText());
    assertEquals(
        List.of(id),
        world.request("ListOnboardings").by(kurt()).send().body().findValuesAsText("id"));
    assertEquals(403, world.request("GetPortfolio").by(kurt()).send().status());
    assertEquals(403, world.act("WaiveTask", account("sub-x", null), id, ApiWorld.MAIL).status());
    assertEquals(202, world.act("WaiveTask", kurt(), id, ApiWorld.MAIL).status());
    assertTrue(acts(id).containsAll(List.of("people.invited", "people.joined")));
    JsonNode member = people(id).at("/members/0");
    assertEquals(ADDRESS, member.get("email").asText());
    assertEquals("Carla Customer (sub-carla)", member.get("invitedBy").asText());
    assertEquals("REDEEMED", people(id).at("/invitations/0/state").asText());
    assertFalse(people(id).toString().contains("Hash"));
  }

  @Test
  void anotherPersonIsNotLetInAndThatIsNotedOnce() {
    String id = world.create();
    Link link = Link.of(invite(Token.manager(), id, ADDRESS));
    for (Token other :
        List.of(
            account("sub-eve", "eve@hoster.example"),
            account("sub-none", null),
            Token.customer(id))) {
      assertEquals("invitation.other-person", redeem(other, link).code());
      assertEquals(
          403, redeem(other, link, Map.of("secret", link.secret(), "look", true)).status());
    }
    assertEquals(1, acts(id).stream().filter("people.invitation-refused"::equals).count());
    assertEquals(403, sees(account("sub-eve", "eve@hoster.example"), id));
    assertEquals(200, redeem(kurt(), link).status(), "nothing was spent");
  }

  @Test
  void aLinkThatIsNotWholeOpensNothing() {
    String id = world.create();
    Link link = Link.of(invite(Token.manager(), id, ADDRESS));
    Link another = Link.of(invite(Token.manager(), id, "kim@hoster.example"));
    for (Link bad :
        List.of(
            new Link(id, link.invitation(), another.secret()),
            new Link(id, link.invitation(), link.secret().toLowerCase(java.util.Locale.ROOT)),
            new Link(id, "01KB5N6Q3T8YV2W4X6Z8A0B2C4", link.secret()),
            new Link(id, "META", link.secret()),
            new Link("another-onboarding", link.invitation(), link.secret()),
            new Link("A#B", link.invitation(), link.secret()))) {
      assertEquals("invitation.unknown", redeem(kurt(), bad).code(), bad::toString);
    }
    assertEquals("secret", redeem(kurt(), link, Map.of()).field());
    assertEquals(401, redeem(null, link).status());
  }

  @Test
  void aStolenLinkIsSpentByItsPersonOnly() {
    String id = world.create();
    Link link = Link.of(invite(Token.manager(), id, ADDRESS));
    assertEquals(200, redeem(kurt(), link).status());
    assertEquals(200, redeem(kurt(), link).status(), "whose answer was lost");
    assertEquals(
        "invitation.redeemed", redeem(account("sub-second", ADDRESS), link).code(), "two accounts");
    String member = people(id).at("/members/0/id").asText();
    assertEquals(200, end(Token.manager(), id, member).status());
    assertEquals("invitation.redeemed", redeem(kurt(), link).code(), "it lets nobody in again");
    assertEquals(403, sees(kurt(), id));
  }

  @Test
  void itIsGoodForTwoWeeks() {
    String id = world.create();
    Link link = Link.of(invite(Token.manager(), id, ADDRESS));
    world.clock().pass(Duration.ofDays(15));
    assertEquals("invitation.expired", redeem(kurt(), link).code());
    assertEquals("EXPIRED", people(id).at("/invitations/0/state").asText());
  }

  @Test
  void anotherInvitationTakesThePlaceOfAnOpenOne() {
    String id = world.create();
    Link first = Link.of(invite(Token.manager(), id, ADDRESS));
    Link second = Link.of(invite(Token.manager(), id, "kurt@hoster.example"));
    assertEquals("invitation.ended", redeem(kurt(), first).code());
    assertEquals(200, redeem(kurt(), second).status());
    assertEquals("people.member-already", invite(Token.manager(), id, ADDRESS).code());
  }

  @Test
  void whoLeadsEndsMembershipsAndInvitations() {
    String id = world.create();
    Link link = Link.of(invite(Token.manager(), id, ADDRESS));
    redeem(kurt(), link);
    String member = people(id).at("/members/0/id").asText();
    assertEquals("invitation.redeemed", end(Token.manager(), id, link.invitation()).code());
    assertEquals(403, end(Token.customer(id), id, member).status());
    assertEquals(403, end(kurt(), id, member).status());
    assertEquals(200, end(Token.manager(), id, member).status());
    assertEquals(200, end(Token.manager(), id, member).status(), "once more");
    assertEquals(403, sees(kurt(), id), "from the next request on");
    assertEquals("Mara Manager (sub-mara)", people(id).at("/members/0/endedBy").asText());
    assertEquals(1, acts(id).stream().filter("people.ended"::equals).count());

    Link again = Link.of(invite(Token.manager(), id, ADDRESS));
    assertEquals(200, end(Token.manager(), id, again.invitation()).status());
    assertEquals("invitation.ended", redeem(kurt(), again).code());
    Link last = Link.of(invite(Token.manager(), id, ADDRESS));
    assertEquals(200, redeem(kurt(), last).status());
    assertEquals(200, sees(kurt(), id));
    for (String none : List.of("", "META", "x y", "01KB5N6Q3T8YV2W4X6Z8A0B2C4")) {
      assertEquals("people.unknown", end(Token.manager(), id, none).code(), none);
    }
  }

  @Test
  void onePersonIsAMemberOfSeveralOnboardings() {
    String one = world.create();
    String two = world.create();
    redeem(kurt(), Link.of(invite(Token.manager(), one, ADDRESS)));
    redeem(kurt(), Link.of(invite(Token.manager(), two, ADDRESS)));
    assertEquals(200, sees(kurt(), one));
    assertEquals(200, sees(kurt(), two));
    assertEquals(2, world.request("GetMe").by(kurt()).send().body().get("onboardings").size());
    end(Token.manager(), one, people(one).at("/members/0/id").asText());
    assertEquals(404, sees(kurt(), one));
    assertEquals(200, sees(kurt(), two));
  }

  /** What the token says counts: roles of the issuer are not widened by the ledger. */
  @Test
  void aTokenWithRolesSaysByItselfWhatItsPersonSees() {
    String own = world.create();
    String other = world.create();
    Token customer = Token.customer(own).withMail(ADDRESS);
    assertEquals(200, redeem(customer, Link.of(invite(Token.manager(), other, ADDRESS))).status());
    assertEquals(200, sees(customer, own));
    assertEquals(404, sees(customer, other));
    Token tied = new Token("sub-carla", "Carla", null, own, ADDRESS);
    assertEquals(200, sees(tied, other), "without roles the ledger says it");
    assertEquals(404, sees(tied, own));
  }

  @Test
  void oneSubjectOfTwoIssuersIsTwoPeople() {
    assertNotEquals(
        Memberships.account("https://one.example/", "kurt"),
        Memberships.account("https://two.example/", "kurt"));
  }

  @Test
  void ofTwoAccountsThatRedeemAtOnceOneComesIn() throws Exception {
    String id = world.create();
    Link link = Link.of(invite(Token.manager(), id, ADDRESS));
    List<Callable<Answer>> both =
        List.of(
            () -> redeem(account("sub-a", ADDRESS), link),
            () -> redeem(account("sub-b", ADDRESS), link));
    try (var pool = Executors.newFixedThreadPool(2)) {
      assertEquals(
          List.of(200, 409),
          pool.invokeAll(both).stream().map(each -> each.resultNow().status()).sorted().toList());
    }
    assertEquals(1, people(id).get("members").size());
  }

  @Test
  void nobodyHasSlipwayWriteToTheWholeWorld() {
    String id = world.create();
    for (int n = 0; n < 20; n++) {
      assertEquals(201, invite(Token.customer(id), id, "p" + n + "@hoster.example").status());
    }
    assertEquals("people.too-many", invite(Token.customer(id), id, ADDRESS).code());
    world.clock().pass(Duration.ofHours(25));
    assertEquals(201, invite(Token.customer(id), id, ADDRESS).status());
  }

  @Test
  void refusesWhatIsNoInvitation() {
    String id = world.create();
    assertEquals(403, invite(Token.engineer(), id, ADDRESS).status());
    assertEquals("email", invite(Token.manager(), id, "kurt").field());
    Answer manager =
        world
            .request("InvitePerson")
            .on(id)
            .body("{\"name\": \"K\", \"email\": \"k@x.example\", \"role\": \"manager\"}")
            .send();
    assertEquals("role", manager.field());
    assertEquals(0, people(id).get("invitations").size());
  }

  @Test
  void nobodyComesIntoWhatHasEnded() {
    String id = world.create();
    Link link = Link.of(invite(Token.manager(), id, ADDRESS));
    world.request("CancelOnboarding").on(id).body("{\"reason\": \"the end\"}").send();
    assertEquals("onboarding.ended", redeem(kurt(), link).code());
    assertEquals("onboarding.cancelled", invite(Token.manager(), id, ADDRESS).code());
  }
}
