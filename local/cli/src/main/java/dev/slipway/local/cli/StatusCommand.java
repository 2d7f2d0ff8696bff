package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.OnboardingStatus;
import dev.slipway.local.run.OpenWorkText;
import dev.slipway.local.run.StatusReader;
import dev.slipway.local.run.StatusText;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows where onboardings stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Show where onboardings stand, and who is waited for.",
    description = {
      "",
      "Of a data folder, whether a process serves it at the moment or not; or of any Slipway, by"
          + " its API. Looking changes nothing and lets nothing go on.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway status --data ~/hoster",
      "  slipway status hoster-example-gmbh-7sqrdz31 --data ~/hoster",
      "  slipway status --api https://slipway.example --token-file token.txt",
      ""
    })
public final class StatusCommand implements Callable<Integer> {
  /** As long as a process takes to start, or to put everything away after Ctrl-C. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "ONBOARDING",
      description = "One onboarding's id. Without it: all of them, or the only one in detail.")
  private String onboarding;

  @Mixin private ApiConnection place;

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (place.data().isEmpty()) {
      show(place.api(""));
      nextShow();
      return 0;
    }
    Path data = place.data().get();
    if (!Files.isDirectory(data)) {
      throw new CommandFailure("there is no folder " + data);
    }
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      Optional<DataLock> lock = DataLock.take(data);
      if (lock.isPresent()) {
        try (DormantSlipway dormant = new DormantSlipway(lock.get())) {
          show(dormant.manager());
        }
        terminal.next("%s serve %s".formatted(OpenWorkText.COMMAND, place.again()));
        return 0;
      }
      Optional<ServingNote> note = ServingNote.in(data);
      if (note.isPresent() && isAnswered(note.get().manager())) {
        return 0;
      }
      if (Instant.now().isAfter(end)) {
        throw new CommandFailure(
            "%s is in use by a process that starts or ends; ask again in a moment".formatted(data));
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  /** False of a process that ends at this moment: its folder is free soon. */
  private boolean isAnswered(SlipwayApi api) {
    try {
      show(api);
      nextShow();
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private void show(SlipwayApi api) {
    if (onboarding != null) {
      showOne(api, onboarding);
      return;
    }
    List<JsonNode> all = api.all();
    if (all.size() == 1) {
      showOne(api, all.getFirst().path("id").asText());
      return;
    }
    for (JsonNode each : all) {
      terminal
          .out()
          .printf(
              "%-40s %-10s %s (%s)%n",
              each.path("id").asText(),
              each.path("state").asText(),
              each.path("name").asText(),
              each.path("checklist").asText());
    }
    terminal
        .out()
        .println(all.isEmpty() ? "There is no onboarding." : all.size() + " onboardings.");
  }

  private void nextShow() {
    String id = onboarding == null ? "ONBOARDING" : onboarding;
    terminal.next("%s show %s %s".formatted(OpenWorkText.COMMAND, id, place.again()));
  }

  private void showOne(SlipwayApi api, String id) {
    OnboardingStatus status = StatusReader.read(api.onboarding(id));
    StatusText.lines(status).forEach(terminal::say);
  }
}
