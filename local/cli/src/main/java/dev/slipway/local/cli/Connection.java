package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.People;
import dev.slipway.local.run.Role;
import java.net.URI;
import java.nio.file.Path;

/** A Slipway, and as whom it is spoken to. */
sealed interface Connection {

  /**
   * The API.
   *
   * @param onboarding the one that is spoken of, which a customer's token names; empty: none
   */
  SlipwayApi api(String onboarding);

  /**
   * The options that name it in another command; empty where none are needed.
   *
   * @param party who gives that command
   */
  String options(String party);

  /** The same for the person who calls now. */
  String again();

  /** In one line, without the token. */
  String told();

  /**
   * Any Slipway, by the address of its API.
   *
   * @param options that name it again
   */
  record Remote(URI address, String token, String options) implements Connection {

    /**
     * Looks at address and token.
     *
     * @param said where they were said, for messages
     * @throws InputFailure if they cannot be used
     */
    static Remote of(URI address, String token, String options, Said said) {
      String scheme = address.getScheme();
      if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
        throw new InputFailure(
            said.address() + ": must be an address such as https://slipway.example, is " + address);
      }
      String stripped = token.strip();
      if (stripped.isEmpty() || stripped.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        throw new InputFailure(said.token() + " must hold one token and nothing else");
      }
      // Without a slash at its end: paths begin with one.
      return new Remote(URI.create(address.toString().replaceAll("/+$", "")), stripped, options);
    }

    /** The names of an address and a token in the place where they were given. */
    record Said(String address, String token) {}

    @Override
    public SlipwayApi api(String onboarding) {
      return new SlipwayApi(SlipwayApi.httpClient(), address, token);
    }

    @Override
    public String options(String party) {
      return options;
    }

    @Override
    public String again() {
      return options;
    }

    @Override
    public String told() {
      return address.toString();
    }

    /** Without the token. */
    @Override
    public String toString() {
      return told();
    }
  }

  /**
   * A Slipway that serves a data folder of this machine, which gives any token that is wanted.
   *
   * @param role null: the onboarding manager
   * @param named whether another command has to name the folder again
   */
  record Here(Path data, Role role, boolean named) implements Connection {
    @Override
    public SlipwayApi api(String onboarding) {
      ServingNote note = note();
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

    /** The note of the process that serves the folder. */
    ServingNote note() {
      return ServingNote.in(data)
          .orElseThrow(
              () ->
                  new CommandFailure(
                      "nothing serves the data folder %s at the moment: start `slipway serve"
                              .formatted(data)
                          + " --data %s`, or name an API with --api and --token-file"
                              .formatted(data)));
    }

    @Override
    public String options(String party) {
      if (!named) {
        return "";
      }
      return "--data "
          + ShellWord.of(data.toString())
          + (party.equals("CUSTOMER") ? " --as customer" : "");
    }

    @Override
    public String again() {
      return options("") + (role == null || !named ? "" : " --as " + role.wireName());
    }

    @Override
    public String told() {
      return "the data folder " + data + (role == null ? "" : " as " + role.wireName());
    }
  }
}
