package dev.slipway.local.cli;

import dev.slipway.checklist.Checklists;
import dev.slipway.local.customer.CustomerTemplate;
import dev.slipway.local.lint.Nearest;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileException;
import dev.slipway.local.run.ProfileReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the file that a customer is started by. */
@Command(
    name = "template",
    mixinStandardHelpOptions = true,
    header = "Print the file that a customer fills in, for `slipway apply`.",
    description = {
      "",
      "Every element with its title, guidance and an example; what is optional or asked for only"
          + " under a condition stands behind a #. Credentials are listed, and never stand in it.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway element template hosting-provider > customer.yaml",
      "  slipway element template hosting-provider --from events/profiles/hosting-provider.json",
      ""
    })
public final class ElementTemplateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "CHECKLIST", description = "Its name, such as hosting-provider.")
  private String checklist;

  @Option(
      names = "--from",
      paramLabel = "PROFILE",
      description =
          "With what a profile gives, such as events/profiles/hosting-provider.json, whose names"
              + " have stand-ins in the sandbox.")
  private Path from;

  ElementTemplateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ProfileException {
    Checklists checklists = new Checklists();
    if (!checklists.names().contains(checklist)) {
      throw new InputFailure(
          "there is no checklist %s; there are %s%s"
              .formatted(
                  checklist,
                  String.join(", ", checklists.names()),
                  new Nearest(checklists.names()).hint(checklist)));
    }
    CustomerTemplate template = new CustomerTemplate(checklists.newest(checklist));
    if (from != null) {
      Profile profile = new ProfileReader(checklists).read(from);
      template =
          template.with(
              profile.name(), profile.elements(), profile.credentials().keySet(), from.getParent());
    }
    terminal.out().print(template.text());
    terminal.out().flush();
    return 0;
  }
}
