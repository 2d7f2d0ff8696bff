package dev.slipway.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.slipway.json.Json;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.mail.Mail;
import dev.slipway.local.sandbox.mail.ReadableMail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
      "  slipway mails --data ~/hoster --json",
      ""
    })
public final class MailsCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Terminal terminal;

  @ArgGroup(multiplicity = "1")
  private Place place;

  @Option(names = "--to", paramLabel = "ADDRESS", description = "Only those to this receiver.")
  private String to;

  @ArgGroup private Form form = new Form();

  /** The form in which mails are shown. */
  private static final class Form {
    @Option(names = "--raw", description = "As they came: every header, encoded parts (MIME).")
    private boolean raw;

    @Option(names = "--json", description = "As JSON: an array, an object a mail.")
    private boolean json;
  }

  /** The place to look for mails. */
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
            .stream().filter(this::isWanted).toList();
    if (form.json) {
      ArrayNode all = Json.MAPPER.createArrayNode();
      mails.forEach(mail -> all.add(ReadableMail.of(mail).toJson()));
      terminal.out().println(all.toPrettyString());
      return 0;
    }
    for (int i = 0; i < mails.size(); i++) {
      terminal.out().println("-- " + (i + 1) + " of " + mails.size() + " " + "-".repeat(60));
      terminal.out().println(form.raw ? mails.get(i).content() : text(mails.get(i)));
      terminal.out().println();
    }
    terminal.out().println(mails.size() + (mails.size() == 1 ? " mail." : " mails."));
    return 0;
  }

  private boolean isWanted(Mail mail) {
    return to == null || mail.recipients().stream().anyMatch(to::equalsIgnoreCase);
  }

  private static String text(Mail mail) {
    ReadableMail shown = ReadableMail.of(mail);
    String attached =
        shown.attached().stream()
            .map(each -> "Attached: " + each + "\n")
            .collect(Collectors.joining());
    return "From:     %s\nTo:       %s\nDate:     %s\nSubject:  %s\n%s\n%s"
        .formatted(
            shown.from(),
            shown.to(),
            shown.date().isEmpty() ? TIME.format(shown.at()) : shown.date(),
            shown.subject(),
            attached,
            shown.text());
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
