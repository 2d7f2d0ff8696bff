package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.People;
import dev.slipway.local.run.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which Slipway a command speaks to, and as whom. */
final class ApiPlace {
  @ArgGroup(exclusive = false)
  private Remote remote;

  @ArgGroup(exclusive = false)
  private Here here;

  /** A Slipway that serves a data folder of this machine, which gives whatever token is wanted. */
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

    SlipwayApi api(String onboarding) {
      ServingNote note =
          ServingNote.in(data)
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          "nothing serves the data folder %s at the moment: start `slipway serve"
                                  .formatted(data)
                              + " --data %s`, or name an API with --api and --token-file"
                                  .formatted(data)));
      SlipwayApi manager = note.manager();
      if (role == null || role == Role.MANAGER) {
        return manager;
      }
      String token =
          manager.localToken(
              role.wireName(),
              People.name(role, false),
              role == Role.CUSTOMER ? onboarding : "",
              "");
      return new SlipwayApi(SlipwayApi.httpClient(), note.api(), token);
    }
  }

  /** Any Slipway, on this machine or deployed, by the address of its API. */
  private static final class Remote {
    @Option(
        names = "--api",
        paramLabel = "URL",
        required = true,
        description = "The address of an API.")
    private URI api;

    @Option(
        names = "--token-file",
        paramLabel = "FILE",
        required = true,
        description = "A file with the token that says who calls.")
    private Path tokenFile;

    /**
     * The API.
     *
     * @throws InputFailure if address or token cannot be used
     */
    SlipwayApi api() {
      return new SlipwayApi(SlipwayApi.httpClient(), address(), token());
    }

    /** Without a slash at its end: paths begin with one. */
    private URI address() {
      String scheme = api.getScheme();
      if (api.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
        throw new InputFailure(
            "--api: must be an address such as https://slipway.example, is " + api);
      }
      return URI.create(api.toString().replaceAll("/+$", ""));
    }

    private String token() {
      try {
        String token = Files.readString(tokenFile).strip();
        if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
          throw new InputFailure(
              "--token-file: %s must hold one token and nothing else".formatted(tokenFile));
        }
        return token;
      } catch (IOException e) {
        throw new InputFailure("--token-file: %s cannot be read".formatted(tokenFile));
      }
    }
  }

  /** The data folder that was named; empty: an API was. */
  Optional<Path> data() {
    return Optional.ofNullable(here).map(place -> place.data);
  }

  /**
   * The API; of a data folder, that of who serves it.
   *
   * @param onboarding the one that is spoken of, which a customer's token names; empty: none
   */
  SlipwayApi api(String onboarding) {
    return remote == null ? here.api(onboarding) : remote.api();
  }

  /**
   * The options that name it again in another command.
   *
   * @param party who gives that command, where the folder's Slipway gives tokens
   */
  String options(String party) {
    return remote == null
        ? "--data "
            + ShellWord.of(here.data.toString())
            + (party.equals("CUSTOMER") ? " --as customer" : "")
        : "--api %s --token-file %s"
            .formatted(
                ShellWord.of(remote.api.toString()), ShellWord.of(remote.tokenFile.toString()));
  }
}
