package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.OpenWorkText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The shared part of every command for people: which Slipway, as whom, and how a refusal is told.
 */
@Command(
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it happened",
      "1:it was refused or could not be done; the lines on standard error say why",
      "2:wrong usage or input; the lines on standard error name the field"
    })
abstract class ApiCommand implements Callable<Integer> {
  private final Terminal terminal;
  private boolean wroteData;

  @Spec private CommandSpec spec;

  @Mixin private ApiConnection place;

  ApiCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Does what the command is for.
   *
   * @return the exit code
   */
  abstract int perform(SlipwayApi api);

  @Override
  public final Integer call() {
    SlipwayApi api = place.api(given("ONBOARDING"));
    try {
      int code = perform(api);
      String next = code == 0 && !wroteData ? next() : null;
      if (next != null) {
        terminal.next("%s %s %s".formatted(OpenWorkText.COMMAND, next, place.again()));
      }
      return code;
    } catch (ApiProblem e) {
      ProblemText problem = new ProblemText(e);
      terminal.out().flush();
      problem.lines().forEach(this::warn);
      new UnknownName(api, given("ONBOARDING"), this::given)
          .meant(e)
          .ifPresent(name -> warn("  did you mean: " + name));
      return problem.exitCode();
    }
  }

  /** The command that usually comes next, without the Slipway; null: none does. */
  String next() {
    String onboarding = given("ONBOARDING");
    return onboarding.isEmpty() ? null : "show " + onboarding;
  }

  /** The command's argument for a parameter, by its label; empty: none. */
  private String given(String label) {
    return spec.positionalParameters().stream()
        .filter(parameter -> parameter.paramLabel().equals(label))
        .map(parameter -> Optional.ofNullable(parameter.<String>getValue()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("");
  }

  /** Asks the person at the terminal; where there is none, nobody agrees. */
  boolean confirms(String question) {
    return terminal.confirms(question);
  }

  /** Writes a warning, beside the command's own answer. */
  void warn(String line) {
    terminal.warn(line);
  }

  /** The connection: which Slipway, and as whom. */
  ApiConnection place() {
    return place;
  }

  /** Writes words for a person. */
  void say(String line) {
    terminal.say(line);
  }

  /** Writes a line that is to be copied, such as of an example: it is not broken. */
  void sayAsIs(String line) {
    terminal.out().println(line);
  }

  /** Writes what a program reads: nothing is broken into lines, and nothing follows. */
  void sayData(String text) {
    wroteData = true;
    terminal.out().println(text);
  }

  /** Writes bytes as they are. */
  void sayBytes(byte[] bytes) {
    wroteData = true;
    terminal.out().write(bytes, 0, bytes.length);
    terminal.out().flush();
  }

  /** Writes one of a list: as the API answers it, or as a line for people. */
  void sayEach(JsonNode each, boolean json, Function<JsonNode, String> line) {
    if (json) {
      sayData(each.toString());
    } else {
      say(line.apply(each));
    }
  }

  /** Says of a link that was made that it was mailed, or hands it over. */
  void sayLink(JsonNode made, String mailed) {
    if (made.path("mailed").asBoolean()) {
      say(mailed);
    } else {
      say("No mail could be sent. Hand this link over, which is shown this once:");
      sayAsIs(made.path("link").asText());
    }
  }

  /** A wish as the API names it: {@code third-party} as {@code THIRD_PARTY}; null stays null. */
  static String constant(String wish) {
    return wish == null ? null : wish.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * Shows the pages of a list one after the other.
   *
   * @param first the cursor to begin behind; null: from the start
   * @param page answers the page of a cursor
   */
  static void pages(String first, Function<String, JsonNode> page, Consumer<JsonNode> show) {
    String cursor = first;
    do {
      JsonNode one = page.apply(cursor);
      show.accept(one);
      cursor = one.hasNonNull("next") ? one.path("next").asText() : null;
    } while (cursor != null);
  }

  /** A time as the API tells it, without fractions of a second. */
  static String second(String time) {
    return time.replaceFirst("\\.\\d+Z$", "Z");
  }

  static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new CommandFailure(file + " cannot be written");
    }
  }
}
