package dev.slipway.local.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.map.DataMap;
import dev.slipway.local.probe.Logins;
import dev.slipway.local.probe.RunnerKey;
import dev.slipway.local.probe.RunnerOptions;
import dev.slipway.local.probe.SlipwayConnection;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.EnrolmentCode;
import dev.slipway.probe.InvalidProbe;
import dev.slipway.probe.ProbeResult;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The data runner as a command: {@code slipway data}, or a jar of its own. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Move a tenant's data, beside the databases: count, dump, check, load, compare, undo.",
    description = {
      "",
      "Runs the jobs on data that Slipway asks for one onboarding, and hands the results in,"
          + " signed: names, counts and hashes. Rows go into files in --folder, and from them into"
          + " the target; nowhere else. It makes outbound connections only: HTTPS to Slipway, and"
          + " to the databases and buckets named by --at. It can run the built-in jobs and nothing else, and"
          + " shows each before it runs it.",
      "",
      "A job that is stopped goes on behind the last whole table when the runner is started again."
          + " Logins are asked for here, or read from --logins; they go to their database, and"
          + " nowhere else. The files are personal data: give the folder an encrypted disk.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${COMMAND-FULL-NAME} --api https://slipway.example --code … --folder /srv/move --map"
          + " map.yaml --at mnohub-source=jdbc:mariadb://db.internal/maestrano?sslMode=verify-full",
      "      in the source's network",
      "  ${COMMAND-FULL-NAME} --folder /srv/move --map map.yaml --at mnohub-source=… --survey mnohub"
          + " --tenant acme > survey.json",
      "      before the move is planned: counts only",
      "  ${COMMAND-FULL-NAME} … --at connec-source=/srv/mongodump/connec",
      "      the same for files of mongodump",
      "  ${COMMAND-FULL-NAME} … --at connec-target=mongodb://db.own/connec?tls=true",
      "      in the target's network",
      "  ${COMMAND-FULL-NAME} … --at assets-source='s3://hub-assets?region=eu-west-1' --at"
          + " assets-target='s3://own-assets?region=eu-central-1'",
      "      there too, for the files that rows name",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:with --once: every job that waited was run, and its result was taken",
      "1:a job was left out, or Slipway refused or could not be reached; the lines say why",
      "2:wrong usage or input",
      "130:interrupted"
    })
public final class DataCommand implements Callable<Integer> {
  /** What the element holds besides the day. */
  private static final List<String> COUNTS =
      List.of("organisations", "users", "sharedUsers", "rows", "bytes", "freeBytes", "minutes");

  private final PrintStream out;
  private final PrintStream err;
  @Spec private CommandSpec spec;
  @Mixin private RunnerOptions options;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the dumps lie. What is made there only its owner may read.")
  private Path folder;

  @Option(
      names = "--map",
      paramLabel = "FILE",
      required = true,
      description = "The map of tables: the very file whose SHA-256 is given as `migration-map`.")
  private Path map;

  @Option(
      names = "--at",
      paramLabel = "NAME=ADDRESS",
      required = true,
      description =
          "A database of this network: STORE-source or STORE-target, and a jdbc:mariadb:// or"
              + " mongodb:// address without a login in it, or the folder of a mongodump. Jobs of"
              + " other databases are left to other runners. A bucket of the map: BUCKET-source or"
              + " BUCKET-target, and s3://NAME?region=REGION, for other storages than AWS's with"
              + " &endpoint=https://HOST behind it; a load needs both.")
  private Map<String, String> addresses;

  @Option(
      names = "--survey",
      paramLabel = "STORE",
      description =
          "Only count what a dump of this database would hold, print it for the element"
              + " `migration-survey`, and end. Slipway is not asked, so that --api is not needed.")
  private String survey;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "With --survey: the tenant in the source.")
  private String tenant;

  @Option(
      names = "--organisation",
      paramLabel = "UID",
      description = "With --survey: only this one of its organisations, or these.")
  private List<String> organisations = List.of();

  /** A command that writes there. */
  public DataCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws InterruptedException {
    DataMap read = map();
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    if (survey != null) {
      return counted(read, new ProgressBar(err, terminal));
    }
    ProgressBar bar = new ProgressBar(out, terminal);
    return options.run(
        out,
        err,
        enrolled ->
            new DataExecution(
                enrolled.key(),
                folder,
                read,
                new Places(
                    addresses,
                    enrolled.logins(),
                    SlipwayConnection.client(Optional.empty(), enrolled.trusted())),
                bar,
                word -> enrolled.api().post(enrolled.key(), word),
                out::println,
                InstantSource.system()));
  }

  /** Counts, for the element that must be there before Slipway asks for any job. */
  private int counted(DataMap read, ProgressBar bar) throws InterruptedException {
    DataJob job = surveyJob(read);
    Logins logins = options.logins(err);
    ProbeResult result =
        new DataExecution(
                RunnerKey.make(EnrolmentCode.make("survey", new SecureRandom())),
                folder,
                read,
                new Places(
                    addresses,
                    logins,
                    SlipwayConnection.client(Optional.empty(), options.trusted())),
                bar,
                word -> {},
                err::println,
                InstantSource.system())
            .run(
                "survey",
                job,
                logins.of(job.database()).orElseGet(JsonNodeFactory.instance::objectNode));
    bar.end();
    if (result.trouble() != null) {
      err.println("slipway: " + result.trouble().kind() + ": " + result.trouble().message());
      return 1;
    }
    ObjectNode element =
        JsonNodeFactory.instance
            .objectNode()
            .put("takenOn", LocalDate.ofInstant(result.ranAt(), ZoneOffset.UTC).toString());
    for (String count : COUNTS) {
      element.put(count, Long.parseLong(result.fact(count)));
    }
    out.println(element.toPrettyString());
    err.println("Rows by table: " + result.fact("counts"));
    if (!result.fact("objects").isEmpty()) {
      err.printf(
          "Rows name %s files in %s bytes, and %s more that are not there.%n",
          result.fact("objects"), result.fact("objectBytes"), result.fact("objectsMissing"));
    }
    return 0;
  }

  private DataJob surveyJob(DataMap read) {
    if (tenant == null) {
      throw new ParameterException(spec.commandLine(), "--tenant: is needed with --survey");
    }
    DataJob job;
    try {
      job =
          new DataJob(
              DataJob.Operation.SURVEY,
              survey,
              tenant,
              organisations,
              read.hash(),
              Optional.empty(),
              Optional.empty());
    } catch (InvalidProbe wrong) {
      throw new ParameterException(spec.commandLine(), "--survey: " + wrong.getMessage());
    }
    if (!addresses.containsKey(job.database())) {
      throw new ParameterException(
          spec.commandLine(), "--at: must say where %s is".formatted(job.database()));
    }
    return job;
  }

  private DataMap map() {
    if (!Files.isRegularFile(map)) {
      throw new ParameterException(spec.commandLine(), "--map: %s is no file".formatted(map));
    }
    try {
      return DataMap.read(map);
    } catch (DataTrouble wrong) {
      throw new ParameterException(spec.commandLine(), "--map: " + wrong.getMessage());
    }
  }
}
