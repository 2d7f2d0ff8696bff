package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts an onboarding, or a section that was stopped. */
@Command(
    name = "start",
    header = "Start an onboarding as its plan says, or a section that was stopped.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway plan hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file token.txt",
      "  slipway start hoster-example-gmbh-7sqrdz31 --plan 3f2a... --api https://slipway.example --token-file token.txt",
      "  slipway start hoster-example-gmbh-7sqrdz31 --section billing-integration \\",
      "        --reason \"the price list is final\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class StartCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @ArgGroup(multiplicity = "1")
  private Seen seen;

  /** Either of the two. */
  private static final class Seen {
    @ArgGroup(exclusive = false)
    private Whole whole = new Whole();

    @ArgGroup(exclusive = false)
    private Stopped stopped;
  }

  /** The plan to start. */
  private static final class Whole {
    @Option(
        names = "--plan",
        paramLabel = "HASH",
        description = "The hash of the plan that you saw; refused if another one would run now.")
    private String hash;

    @Option(
        names = "--yes",
        description =
            "Do not ask: start although nearly everything is missing, and without --plan whatever"
                + " the plan says now.")
    private boolean yes;
  }

  /** A section of the run that is under way. */
  private static final class Stopped {
    @Option(
        names = "--section",
        paramLabel = "SECTION",
        required = true,
        description = "Only this section, which was stopped or ended early; with --reason.")
    private String section;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        required = true,
        description = "Why; it stands in the audit trail.")
    private String reason;
  }

  StartCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    if (seen.stopped != null) {
      String section = seen.stopped.section;
      api.startSection(onboarding.id(), section, seen.stopped.reason);
      say("The section %s of %s goes on.".formatted(section, onboarding.id()));
      return 0;
    }
    JsonNode plan = api.plan(onboarding.id());
    List<String> missing = missing(plan);
    missing.forEach(this::warn);
    boolean idle = !missing.isEmpty() && sectionsThatWait(plan).containsAll(sections(plan));
    if (idle) {
      warn("Every section would wait from the start: nothing is performed until it is given.");
      if (!seen.whole.yes && !confirms("Start it all the same?")) {
        throw new CommandFailure("nothing was started; give what is missing first, or add --yes");
      }
    }
    String hash = seen.whole.hash == null ? plan.path("hash").asText() : seen.whole.hash;
    JsonNode started = api.start(onboarding.id(), hash).path("onboarding");
    say("Run %d of %s starts.".formatted(started.path("run").asInt(), onboarding.id()));
    return 0;
  }

  /** A line for each section that waits for what was not given. */
  private static List<String> missing(JsonNode plan) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (JsonNode each : plan.path("missing")) {
      fields
          .computeIfAbsent(each.path("section").asText(), section -> new ArrayList<>())
          .add(each.path("field").asText());
    }
    List<String> lines = new ArrayList<>();
    fields.forEach(
        (section, names) ->
            lines.add("Warning: %s waits for %s.".formatted(section, String.join(", ", names))));
    return lines;
  }

  private static Set<String> sectionsThatWait(JsonNode plan) {
    return values(plan.path("missing"));
  }

  private static Set<String> sections(JsonNode plan) {
    return values(plan.path("entries"));
  }

  private static Set<String> values(JsonNode each) {
    Set<String> sections = new TreeSet<>();
    each.forEach(one -> sections.add(one.path("section").asText()));
    return sections;
  }
}
