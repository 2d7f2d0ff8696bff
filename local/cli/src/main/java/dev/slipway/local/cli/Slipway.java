package dev.slipway.local.cli;

import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.data.DataCommand;
import dev.slipway.local.probe.ProbeCommand;
import dev.slipway.local.run.InputException;
import dev.slipway.local.run.ProfileException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "slipway",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      ServeCommand.class,
      TokenCommand.class,
      StatusCommand.class,
      LintCommand.class,
      ScaffoldCommand.class,
      SandboxCommand.class,
      MailsCommand.class,
      VerifyReportCommand.class,
      MeCommand.class,
      OnboardingsCommand.class,
      PortfolioCommand.class,
      OpenWorkCommand.class,
      ShowCommand.class,
      CreateCommand.class,
      ApplyCommand.class,
      ElementCommand.class,
      CredentialCommand.class,
      FileCommand.class,
      StartCommand.class,
      LookAgainCommand.class,
      StopCommand.class,
      CancelCommand.class,
      AnswerCommand.class,
      RetryCommand.class,
      SkipCommand.class,
      WaiveCommand.class,
      ApproveCommand.class,
      PutBackCommand.class,
      AddRowCommand.class,
      DelegateCommand.class,
      NoteCommand.class,
      NotesCommand.class,
      SettleCommand.class,
      InviteCommand.class,
      PeopleCommand.class,
      EndCommand.class,
      RedeemCommand.class,
      GuestCommand.class,
      EnrolProbeRunnerCommand.class,
      ProbeRunnersCommand.class,
      RevokeProbeRunnerCommand.class,
      ProbeCommand.class,
      DataCommand.class,
      EventsCommand.class,
      ReportCommand.class,
      SignOffCommand.class,
      LooksCommand.class,
      AddendumCommand.class,
      ActCommand.class,
      ContextCommand.class,
      CommandLine.HelpCommand.class
    },
    description = {
      "",
      "Takes a customer from a signed contract to production: asks for what is needed, checks it"
          + " against the real systems, performs what software can perform, waits for people where"
          + " people are needed, and reports with evidence.",
      "",
      "All of it runs on this machine, on the files that deploy to AWS: no Docker, no AWS account."
          + " Third parties are stand-ins, and every piece of evidence says so.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway run events/profiles/hosting-provider.json",
      "      a hosting provider, from intake to verified",
      "  slipway run events/profiles/hosting-provider.json --data ~/hoster --report report.json",
      "      the same, kept in a folder: interrupt it, and the same command goes on",
      "  slipway plan events/profiles/hosting-provider.json",
      "      what would happen, and what is missing",
      "  slipway verify-report report.json --key report.json.pub",
      "      whether it is the report that was signed",
      "  slipway serve --data ~/hoster",
      "      API and AWS endpoints stay up, to be used by hand",
      "  slipway show hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file token.txt",
      "      what is asked of whom, of any Slipway, on this machine or deployed",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything that was asked for happened",
      "1:it ended otherwise; the last line says why",
      "2:wrong usage or input; the message names field, file and line"
    })
public final class Slipway implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs a command and exits with its code. */
  public static void main(String... arguments) {
    Environment environment = Environment.system();
    System.exit(
        commandLine(Terminal.system(environment), environment, List.of()).execute(arguments));
  }

  /** The command line, writing to a terminal of the caller's choice. */
  public static CommandLine commandLine(Terminal terminal) {
    return commandLine(terminal, Environment.none(), List.of());
  }

  /**
   * The same with commands of another module's.
   *
   * @param environment where a Slipway is looked for that a command does not name
   * @param further their classes, each with a constructor that takes the terminal
   */
  public static CommandLine commandLine(
      Terminal terminal, Environment environment, List<Class<?>> further) {
    CommandLine line = new CommandLine(new Slipway(), factory(terminal, environment));
    further.forEach(line::addSubcommand);
    line.setOut(writer(terminal.out()));
    line.setErr(writer(terminal.err()));
    line.setUsageHelpAutoWidth(true);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.valueOf(terminal.colour())));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Duration.class, read(Duration::parse, "a duration such as PT10M"));
    line.registerConverter(URI.class, read(URI::new, "an address such as http://127.0.0.1:8080"));
    line.registerConverter(InetAddress.class, read(InetAddress::getByName, "a host's address"));
    line.setParameterExceptionHandler((e, parsed) -> misused(e, terminal));
    line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, terminal));
    return line;
  }

  /** Says what an option has to be in words of the command line: picocli names Java's classes. */
  private static <T> CommandLine.ITypeConverter<T> read(
      CommandLine.ITypeConverter<T> parser, String what) {
    return text -> {
      try {
        return parser.convert(text);
      } catch (DateTimeParseException | URISyntaxException | UnknownHostException e) {
        throw new CommandLine.TypeConversionException("'%s' is not %s".formatted(text, what));
      }
    };
  }

  /** Commands take by their constructor what they need of the two; the runners know neither. */
  private static CommandLine.IFactory factory(Terminal terminal, Environment environment) {
    CommandLine.IFactory fallback = CommandLine.defaultFactory();
    return new CommandLine.IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        if (type == ProbeCommand.class) {
          return type.cast(new ProbeCommand(terminal.out(), terminal.err()));
        }
        if (type == DataCommand.class) {
          return type.cast(new DataCommand(terminal.out(), terminal.err()));
        }
        for (List<?> around :
            List.of(List.of(terminal), List.of(environment), List.of(terminal, environment))) {
          try {
            Constructor<K> constructor =
                type.getDeclaredConstructor(
                    around.stream().map(Object::getClass).toArray(Class<?>[]::new));
            return constructor.newInstance(around.toArray());
          } catch (NoSuchMethodException e) {
            // It takes others of them, or nothing.
          }
        }
        return fallback.create(type);
      }
    };
  }

  private static int explain(Exception thrown, Terminal terminal) throws Exception {
    return switch (thrown) {
      case ParameterException e -> throw e;
      case ProfileException e -> {
        e.messages().forEach(terminal::warn);
        yield CommandLine.ExitCode.USAGE;
      }
      case InputException e -> {
        terminal.warn(e.getMessage());
        yield CommandLine.ExitCode.USAGE;
      }
      case InputFailure e -> {
        failed(terminal, e.getMessage());
        yield CommandLine.ExitCode.USAGE;
      }
      case CommandFailure e -> failed(terminal, e.getMessage());
      case ApiProblem e -> {
        ProblemText problem = new ProblemText(e);
        problem.lines().forEach(terminal::warn);
        yield problem.exitCode();
      }
      case UncheckedIOException e -> failed(terminal, e.getMessage());
      default -> {
        thrown.printStackTrace(terminal.err());
        yield failed(terminal, "an unexpected error happened; the lines above say where");
      }
    };
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  /** Prints the error and where help is: not the whole help, which would hide it. */
  private static int misused(ParameterException thrown, Terminal terminal) {
    CommandLine command = thrown.getCommandLine();
    terminal.warn(thrown.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(thrown, writer(terminal.err()));
    terminal
        .err()
        .println("Usage: see `%s --help`".formatted(command.getCommandSpec().qualifiedName(" ")));
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Terminal terminal, String why) {
    terminal.warn("slipway: " + why);
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: name a command");
  }
}
