package dev.slipway.local.data;

import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.map.DataMap;
import dev.slipway.local.probe.RunnerOptions;
import dev.slipway.local.probe.SlipwayConnection;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
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
