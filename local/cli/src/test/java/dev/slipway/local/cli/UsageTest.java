package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Wrong usage and wrong input: exit code 2, said on standard error and nowhere else. */
class UsageTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fly",
        "run",
        "run a.json b.json",
        "run --data",
        "run --timeout soon a.json",
        "run --sandbox http://[a a.json",
        "serve --port many",
        "serve --bind nowhere.invalid",
        "plan",
        "status --data a --api http://localhost --token-file b",
        "lint extra"
      })
  void refusesWrongUsage(String arguments) {
    Invocation ended =
        arguments.isEmpty() ? Invocation.of() : Invocation.of((Object[]) arguments.split(" ", -1));

    assertEquals(2, ended.exit(), ended.err());
    assertTrue(ended.out().isEmpty(), ended.out());
    assertTrue(ended.err().contains("Usage: see `slipway"), ended.err());
    assertFalse(ended.err().contains("java"), ended.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "plan onboarding-1", "show onboarding-1"})
  void namesTheOptionThatIsNoAddressOrNoToken(String command) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "two words");
    for (List<String> place :
        List.of(
            List.of("--api", "ftp://slipway.example", "--token-file", token.toString()),
            List.of("--api", "http://localhost", "--token-file", token.toString()),
            List.of("--api", "http://localhost", "--token-file", folder + "/missing"))) {
      List<Object> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
      arguments.addAll(place);
      Invocation ended = Invocation.of(arguments.toArray());

      assertEquals(2, ended.exit(), ended.err());
      assertTrue(
          ended.err().startsWith("slipway: --api: ")
              || ended.err().startsWith("slipway: --token-file: "),
          ended.err());
    }
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    Invocation ended = Invocation.of("rum", "a.json");
    assertEquals(2, ended.exit());
    assertTrue(ended.err().contains("run"), ended.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "plan"})
  void refusesAProfileThatIsNotAsItMustBe(String command) throws IOException {
    Path profile = folder.resolve("profile.json");
    Files.writeString(
        profile,
        """
        {
          "checklist": "hosting-provider",
          "name": "Hoster",
          "elements": {"mailserver": {}}
        }
        """);

    Invocation ended = Invocation.of(command, profile);

    assertEquals(2, ended.exit());
    assertTrue(ended.out().isEmpty(), ended.out());
    assertTrue(
        ended.err().startsWith(profile + ":4: elements.mailserver: the checklist has no such"),
        ended.err());
  }

  @Test
  void namesThePlaceOfAValueThatTheApiRefuses() throws IOException {
    Path profile = folder.resolve("profile.json");
    Files.writeString(
        profile,
        """
        {
          "checklist": "hosting-provider",
          "name": "Hoster",
          "elements": {
            "mail-server": {
              "host": "smtp.hoster.example",
              "port": 70000,
              "encryption": "STARTTLS",
              "from": "noreply@hoster.example"
            }
          }
        }
        """);

    Invocation ended = Invocation.of("plan", profile);

    assertEquals(2, ended.exit());
    assertEquals(profile + ":7: mail-server.port: must be 65535 or less\n", ended.err());
  }

  @Test
  void saysThatAFolderIsInUse() throws IOException {
    try (DataLock mine = DataLock.take(folder).orElseThrow()) {
      Invocation ended =
          Invocation.of(
              "run",
              ProjectRoot.find().resolve("events/profiles/hosting-provider.json"),
              "--data",
              mine.path());

      assertEquals(1, ended.exit());
      assertTrue(ended.err().contains("is in use by another slipway"), ended.err());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--aws-port", "--proxy-port", "--dns-port"})
  void saysThatAPortIsTaken(String option) throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Object> arguments = new ArrayList<>(List.of("serve"));
      for (String port : List.of("--port", "--aws-port", "--proxy-port", "--dns-port")) {
        arguments.add(port);
        arguments.add(port.equals(option) ? taken.getLocalPort() : 0);
      }

      Invocation ended = Invocation.of(arguments.toArray());

      assertEquals(1, ended.exit());
      assertTrue(ended.out().isEmpty(), ended.out());
      assertEquals(
          "port %d on 127.0.0.1 is taken; end what listens there, or choose another one with %s (0: any free one)%n"
              .formatted(taken.getLocalPort(), option),
          ended.err().replaceFirst("^slipway: ", ""));
    }
  }

  @Test
  void saysThatThisMachineHasNoSuchAddress() {
    Invocation ended = Invocation.of("serve", "--bind", "203.0.113.7");
    assertEquals(1, ended.exit());
    assertTrue(ended.err().contains("this machine has no address 203.0.113.7"), ended.err());
  }

  @Test
  void saysThatAFolderHoldsNoLedger() {
    Invocation ended = Invocation.of("status", "--data", folder);
    assertEquals(1, ended.exit());
    assertTrue(ended.err().contains("there is no ledger in it"), ended.err());
  }

  @Test
  void explainsEachCommand() {
    CommandLine line = Slipway.commandLine(Terminal.system(Environment.none()));
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
              assertTrue(help.contains("Usage: slipway " + name), help);
              boolean described =
                  command.getCommandSpec().usageMessage().header().length > 0
                      || command.getCommandSpec().usageMessage().description().length > 0;
              assertTrue(described, name + " does not say what it does");
            });
  }

  static List<String> commands() {
    List<String> all = new ArrayList<>(List.of(""));
    collect("", Slipway.commandLine(Terminal.system(Environment.none())), all);
    return all;
  }

  private static void collect(String words, CommandLine line, List<String> all) {
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              all.add(words + name);
              collect(words + name + " ", command, all);
            });
  }

  /** Also of commands that take options of their own, and whatever they ask for. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void helpsByEitherOption(String command) {
    for (String option : List.of("--help", "-h")) {
      List<Object> words = new ArrayList<>(command.isEmpty() ? List.of() : words(command));
      words.add(option);
      Invocation ended = Invocation.of(words.toArray());

      assertEquals(0, ended.exit(), ended.err());
      assertTrue(ended.err().isEmpty(), ended.err());
      assertTrue(ended.out().contains("Usage: " + ("slipway " + command).strip()), ended.out());
    }
  }

  private static List<String> words(String command) {
    return List.of(command.split(" ", -1));
  }

  @Test
  void lintFindsNothing() {
    Invocation ended = Invocation.of("lint");
    assertEquals(0, ended.exit(), ended.out());
    assertEquals("Nothing found.", ended.lastLine());
  }
}
