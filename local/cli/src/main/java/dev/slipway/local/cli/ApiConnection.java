package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The Slipway that a command speaks to, and as whom: what its options name, else {@code
 * SLIPWAY_API} and {@code SLIPWAY_TOKEN} of the environment, else the saved context in use.
 */
final class ApiConnection {
  private final Environment environment;

  @ArgGroup private Named named;

  ApiConnection(Environment environment) {
    this.environment = environment;
  }

  /** One of them. */
  private static final class Named {
    @ArgGroup(exclusive = false)
    private Remote remote;

    @ArgGroup(exclusive = false)
    private Here here;

    @Option(
        names = "--context",
        paramLabel = "NAME",
        description = "A saved context (slipway context).")
    private String context;
  }

  /** A data folder. */
  private static final class Here {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        required = true,
        description = "A data folder on this machine, which `slipway serve` serves.")
    private Path data;

    @Option(
        names = "--as",
        paramLabel = "ROLE",
        description =
            "As whom, with --data: manager, engineer or customer. Default: its onboarding manager.")
    private Role role;
  }

  /** An address. */
  private static final class Remote {
    @Option(
        names = "--api",
        paramLabel = "URL",
        required = true,
        description =
            "The address of an API. Default: SLIPWAY_API, with the token in SLIPWAY_TOKEN.")
    private URI api;

    @Option(
        names = "--token-file",
        paramLabel = "FILE",
        required = true,
        description = "A file with the token that says who calls.")
    private Path tokenFile;

    private Connection connection() {
      String token;
      try {
        token = Files.readString(tokenFile);
      } catch (IOException e) {
        throw new InputFailure("--token-file: %s cannot be read".formatted(tokenFile));
      }
      return Connection.Remote.of(
          api,
          token,
          "--api %s --token-file %s"
              .formatted(ShellWord.of(api.toString()), ShellWord.of(tokenFile.toString())),
          new Connection.Remote.Said("--api", "--token-file: " + tokenFile));
    }
  }

  /** Whether the command names it. */
  boolean isNamed() {
    return named != null;
  }

  /** Whether there is one, named or around. */
  boolean isThere() {
    return named != null
        || environment.variable("SLIPWAY_API").isPresent()
        || new Contexts(environment.contexts()).inUse().isPresent();
  }

  /**
   * The connection that is named, or found in the environment.
   *
   * @throws InputFailure if there is nothing
   */
  Connection connection() {
    Contexts contexts = new Contexts(environment.contexts());
    if (named != null && named.remote != null) {
      return named.remote.connection();
    }
    if (named != null && named.here != null) {
      return new Connection.Here(named.here.data, named.here.role, true);
    }
    if (named != null) {
      return contexts.get(named.context);
    }
    Optional<String> api = environment.variable("SLIPWAY_API");
    if (api.isPresent()) {
      return Connection.Remote.of(
          URI.create(api.get()),
          environment
              .variable("SLIPWAY_TOKEN")
              .orElseThrow(() -> new InputFailure("SLIPWAY_TOKEN: is not set, and SLIPWAY_API is")),
          "",
          new Connection.Remote.Said("SLIPWAY_API", "SLIPWAY_TOKEN:"));
    }
    return contexts
        .inUse()
        .map(contexts::get)
        .orElseThrow(
            () ->
                new InputFailure(
                    "which Slipway? Name it by --data DIR or by --api URL --token-file FILE, set"
                        + " SLIPWAY_API and SLIPWAY_TOKEN, or save it once with `slipway context"
                        + " save`"));
  }

  /** The data folder; empty: it is an API. */
  Optional<Path> data() {
    return connection() instanceof Connection.Here here
        ? Optional.of(here.data())
        : Optional.empty();
  }

  /**
   * The API; of a data folder, that of who serves it.
   *
   * @param onboarding the one that is spoken of, which a customer's token names; empty: none
   */
  SlipwayApi api(String onboarding) {
    return connection().api(onboarding);
  }

  /**
   * The options that name it again in another command.
   *
   * @param party who gives that command, where the folder's Slipway gives tokens
   */
  String options(String party) {
    return connection().options(party);
  }

  /** The options that name it, and as whom, in a command that the same person gives next. */
  String again() {
    return connection().again();
  }
}
