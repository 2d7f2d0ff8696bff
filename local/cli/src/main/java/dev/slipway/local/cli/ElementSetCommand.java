package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import java.util.OptionalLong;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves an element. */
@Command(
    name = "set",
    header = "Give the value of an element.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway element set hoster-example-gmbh-7sqrdz31 platform --value '{\"domain\": \"paas.example.com\"}' ",
      "        --api https://slipway.example --token-file token.txt",
      "  slipway element set hoster-example-gmbh-7sqrdz31 mail-server --file mail-server.json --api https://slipway.example --token-file token.txt",
      ""
    })
public final class ElementSetCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Parameters(index = "1", paramLabel = "ELEMENT", description = "The element's id.")
  private String element;

  @Mixin private GivenValue value;

  @Option(
      names = "--replaces",
      paramLabel = "N",
      description =
          "The version that you saw, which the value replaces; 0: none yet. Without it, the present"
              + " one.")
  private Long version;

  @ArgGroup private Seen seen;

  /** The effect that the editor has seen. */
  private static final class Seen {
    @Option(
        names = "--effect",
        paramLabel = "HASH",
        description =
            "Of the effect that you saw with `element preview`: saved only if it is still that.")
    private String hash;

    @Option(
        names = "--yes",
        description =
            "Whatever it does: do not ask, also where what is final would be looked at again.")
    private boolean yes;
  }

  ElementSetCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode given = value.json();
    long known = version == null ? present(api) : version;
    OptionalLong replaced = known == 0 ? OptionalLong.empty() : OptionalLong.of(known);
    try {
      String hash = seen == null ? null : seen.hash;
      return saved(api.saveElement(onboarding.id(), element, given, replaced, hash));
    } catch (ApiProblem e) {
      if (!e.code().equals("effect.not-seen")) {
        throw e;
      }
      EffectText.lines(e.body().path("effect"), e.body().path("missing")).forEach(this::say);
      boolean yes = seen != null && seen.yes;
      if (!yes && !confirms("What is final would change. Save it?")) {
        throw e;
      }
      String hash = e.body().path("currentHash").asText();
      return saved(api.saveElement(onboarding.id(), element, given, replaced, hash));
    }
  }

  private int saved(JsonNode answer) {
    say("%s is saved, version %d.".formatted(element, answer.path("version").asLong()));
    answer.path("rechecked").forEach(task -> say("  looked at again: %s".formatted(task.asText())));
    return 0;
  }

  private long present(SlipwayApi api) {
    for (JsonNode known : api.elements(onboarding.id()).path("elements")) {
      if (known.path("element").asText().equals(element)) {
        return known.path("version").asLong();
      }
    }
    return 0;
  }

  @Override
  String next() {
    return "plan " + onboarding.id();
  }
}
