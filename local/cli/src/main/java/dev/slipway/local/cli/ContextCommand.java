package dev.slipway.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Saved ways to Slipways. */
@Command(
    name = "context",
    mixinStandardHelpOptions = true,
    header = "Save which Slipway is spoken to, and as whom, so that commands need not name it.",
    description = {
      "",
      "A command takes --api with --token-file, --data or --context; else SLIPWAY_API with"
          + " SLIPWAY_TOKEN of the environment; else the context in use. Contexts stand in"
          + " ~/.config/slipway/contexts.json (SLIPWAY_CONTEXTS names another file), which only its"
          + " owner may read. No command prints a token of them.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway context save acme --api https://slipway.example --token-file token.txt",
      "  slipway context save here --data ~/hoster --as engineer",
      "  slipway context use acme",
      ""
    })
public final class ContextCommand implements Runnable {
  private final Terminal terminal;
  private final Contexts contexts;

  @Spec private CommandSpec spec;

  ContextCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.contexts = new Contexts(environment.contexts());
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: " + String.join(" or ", spec.subcommands().keySet()));
  }

  @Command(
      mixinStandardHelpOptions = true,
      header = "Save one under a name, and use it from now on; the token is copied.")
  int save(@Parameters(paramLabel = "NAME") String name, @Mixin ApiConnection place) {
    Connection connection = place.connection();
    contexts.save(name, connection);
    say("%s is saved and in use: %s".formatted(name, connection.told()));
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, header = "Use another one from now on.")
  int use(@Parameters(paramLabel = "NAME") String name) {
    contexts.use(name);
    say("%s is in use: %s".formatted(name, contexts.get(name).told()));
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, header = "List them; * is the one in use.")
  int list() {
    for (String name : contexts.names()) {
      say(line(name));
    }
    if (contexts.names().isEmpty()) {
      say("There is no context; `slipway context save` saves one.");
    }
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, header = "Show the one in use.")
  int show() {
    say(contexts.inUse().map(this::line).orElse("No context is in use."));
    return 0;
  }

  private String line(String name) {
    boolean used = contexts.inUse().filter(name::equals).isPresent();
    return "%s %-16s %s".formatted(used ? "*" : " ", name, contexts.get(name).told());
  }

  private void say(String line) {
    terminal.out().println(line);
  }
}
