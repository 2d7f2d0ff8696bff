package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sets and shows how often an onboarding is looked at after go-live. */
@Command(
    name = "looks",
    header =
        "Set how often an onboarding is looked at after its sign-off, and list what was found.",
    description = {
      "",
      "A look verifies what a machine can see, such as certificates, DNS, credentials and monitors."
          + " It changes nothing, and the signed report stays as it is: a dated addendum says what"
          + " was found. Who leads gets a mail when something does not hold any more, or holds"
          + " again. The looks end when the data is erased.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway looks hoster-example-gmbh-7sqrdz31 --every 7 --api https://slipway.example --token-file token.txt",
      "      looks once a week from now on",
      "  slipway looks hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file token.txt",
      "      shows the schedule and the addenda",
      ""
    })
public final class LooksCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @ArgGroup private Choice choice;

  @Option(names = "--json", description = "Print it as the API answers it.")
  private boolean json;

  private int newest;

  LooksCommand(Terminal terminal) {
    super(terminal);
  }

  /** One of them. */
  private static final class Choice {
    @Option(
        names = "--every",
        paramLabel = "DAYS",
        required = true,
        description = "Look every so many days, 1 to 366; the manager says.")
    private Integer everyDays;

    @Option(names = "--off", required = true, description = "Look no more.")
    private boolean off;
  }

  @Override
  int perform(SlipwayApi api) {
    if (choice != null && !choice.off && choice.everyDays < 1) {
      throw new InputFailure("--every: must be 1 to 366 days; --off looks no more");
    }
    JsonNode looks =
        choice == null
            ? api.looks(onboarding.id())
            : api.scheduleLooks(onboarding.id(), choice.off ? 0 : choice.everyDays);
    if (json) {
      sayData(looks.toString());
      return 0;
    }
    say(schedule(looks));
    looks.path("addenda").forEach(each -> say(line(each)));
    newest = looks.at("/addenda/0/number").asInt(0);
    return 0;
  }

  @Override
  String next() {
    return newest == 0
        ? "looks " + onboarding.id()
        : "addendum " + onboarding.id() + " " + newest + " --format html --out addendum.html";
  }

  private static String schedule(JsonNode looks) {
    int days = looks.path("everyDays").asInt();
    if (looks.has("underWaySince")) {
      return "It is being looked at since " + second(looks.path("underWaySince").asText()) + ".";
    }
    if (looks.has("nextAt")) {
      return "It is looked at every %s; next at %s."
          .formatted(days == 1 ? "day" : days + " days", second(looks.path("nextAt").asText()));
    }
    return days > 0 && looks.has("until")
        ? "It is not looked at any more, for its data is erased at %s."
            .formatted(second(looks.path("until").asText()))
        : "It is not looked at.";
  }

  private static String line(JsonNode addendum) {
    List<String> counts = new ArrayList<>();
    addendum
        .path("counts")
        .properties()
        .forEach(
            each ->
                counts.add(
                    each.getValue().asText()
                        + " "
                        + each.getKey().toLowerCase(Locale.ROOT).replace('_', ' ')));
    return "Addendum %d  %s  %s"
        .formatted(
            addendum.path("number").asInt(),
            second(addendum.path("endedAt").asText()),
            String.join(", ", counts));
  }
}
