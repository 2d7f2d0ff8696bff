package dev.slipway.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.json.Json;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.mail.Mail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what arrived in the sandbox's mail server. */
@Command(
    name = "mails",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Show the mails that arrived in the sandbox: reminders, and those of the platform.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway mails --data ~/hoster",
      "  slipway mails --control http://127.0.0.1:9090 --to anna@hoster.example",
      ""
    })
public final class MailsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @ArgGroup(multiplicity = "1")
  private Place place;

  @Option(names = "--to", paramLabel = "ADDRESS", description = "Only those to this receiver.")
  private String to;

  /** Where to look. */
  private static final class Place {
    @Option(names = "--data", paramLabel = "DIR", required = true, description = "A data folder.")
    private Path data;

    @Option(
        names = "--control",
        paramLabel = "URL",
        required = true,
        description = "The control address of a sandbox that runs.")
    private URI control;
  }

  MailsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Mail> mails =
        (place.control == null ? kept() : new SandboxControl(place.control).mails())
            .stream().filter(mail -> to == null || mail.recipients().contains(to)).toList();
    for (Mail mail : mails) {
      terminal
          .out()
          .printf(
              "%s  from %s to %s%n%s%n%n",
              mail.at(), mail.sender(), String.join(", ", mail.recipients()), mail.content());
    }
    terminal.out().println(mails.size() + (mails.size() == 1 ? " mail." : " mails."));
    return 0;
  }

  /** As the sandbox keeps them in a data folder, whether it runs at the moment or not. */
  private List<Mail> kept() {
    if (!Files.isDirectory(place.data)) {
      throw new CommandFailure("there is no folder " + place.data);
    }
    Path file = place.data.resolve("sandbox").resolve("mails.jsonl");
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var lines = Files.lines(file)) {
      return lines.flatMap(MailsCommand::mail).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /** A line that is only half written yet is no mail. */
  private static Stream<Mail> mail(String line) {
    try {
      return Stream.of(Mail.fromJson(Json.MAPPER.readTree(line)));
    } catch (JsonProcessingException e) {
      return Stream.empty();
    }
  }
}
