package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the members and invitations of an onboarding. */
@Command(
    name = "people",
    header = "Show who came into an onboarding by an invitation, and who is invited.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway people hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file token.txt",
      ""
    })
public final class PeopleCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  PeopleCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode people = api.people(onboarding.id());
    if (json) {
      sayData(people.toString());
      return 0;
    }
    people.path("members").forEach(each -> say(member(each)));
    people.path("invitations").forEach(each -> say(invitation(each)));
    people.path("guests").forEach(each -> say(guest(each)));
    return 0;
  }

  private static String member(JsonNode each) {
    return "member since %s%s  %s <%s> (%s)"
        .formatted(
            second(each.path("since").asText()),
            each.hasNonNull("endedAt") ? ", ended " + second(each.path("endedAt").asText()) : "",
            each.path("name").asText(),
            each.path("email").asText(),
            each.path("id").asText());
  }

  private static String guest(JsonNode each) {
    JsonNode about = each.path("about");
    return "guest, %s, until %s  %s <%s> for %s (%s)"
        .formatted(
            each.path("state").asText().toLowerCase(Locale.ROOT),
            second(each.path("expiresAt").asText()),
            each.path("name").asText(),
            each.path("email").asText(),
            about.hasNonNull("task")
                ? about.path("task").asText() + " " + about.path("step").asText()
                : about.path("element").asText("")
                    + (about.hasNonNull("credential") ? "credential " : "")
                    + about.path("credential").asText(""),
            each.path("id").asText());
  }

  private static String invitation(JsonNode each) {
    return "invited %s, %s, until %s  %s <%s> (%s)"
        .formatted(
            second(each.path("invitedAt").asText()),
            each.path("state").asText().toLowerCase(Locale.ROOT),
            second(each.path("expiresAt").asText()),
            each.path("name").asText(),
            each.path("email").asText(),
            each.path("id").asText());
  }
}
