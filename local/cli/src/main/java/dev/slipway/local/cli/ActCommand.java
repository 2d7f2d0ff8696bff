package dev.slipway.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.local.lint.Nearest;
import dev.slipway.local.sandbox.ActForm;
import dev.slipway.local.sandbox.SandboxControl;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Does what a person does outside Slipway, at the third parties' stand-ins. */
@Command(
    name = "act",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Do at the sandbox what a person does outside Slipway, in a vendor's own pages.",
    description = {
      "",
      "Without ACT it lists what can be done, each with the details that it takes. Real third"
          + " parties have people for it; the stand-ins of `slipway serve` have this command.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway act",
      "  slipway act assign-docker-account user=hosterpaas"
          + " token=dckr_pat_0sandbox0paid0000000000000 --data ~/hoster",
      "  slipway act publish-dns name=hoster.example type=TXT 'values=[\"v=spf1 -all\"]' --data"
          + " ~/hoster",
      ""
    })
public final class ActCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", arity = "0..1", paramLabel = "ACT", description = "The act.")
  private String act;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "DETAIL=VALUE",
      description = "A text, or JSON for a number, a list or an object.")
  private Map<String, String> details = new LinkedHashMap<>();

  @Option(
      names = "--sandbox",
      paramLabel = "URL",
      description = "The sandbox's control address, as `serve` prints it. Default: that of --data.")
  private URI sandbox;

  @Mixin private ApiConnection place;

  ActCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (act == null) {
      list();
      return 0;
    }
    ActForm form =
        ActForm.of(act)
            .orElseThrow(
                () ->
                    new InputFailure(
                        "there is no act %s%s; `slipway act` lists them"
                            .formatted(act, new Nearest(ActForm.acts()).hint(act))));
    ObjectNode given = Json.MAPPER.createObjectNode();
    details.forEach((name, value) -> given.set(name, value(form, name, value)));
    for (ActForm.Wrong wrong : ActForm.wrong(act, given)) {
      throw new InputFailure(
          "%s: %s %s; it takes %s".formatted(act, wrong.detail(), wrong.message(), takes(form)));
    }
    try {
      new SandboxControl(control()).act(act, given);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("the third party refuses it: " + e.getMessage());
    }
    terminal.out().println("Done: " + act + ". `slipway answer` tells Slipway so.");
    return 0;
  }

  private void list() {
    for (String name : ActForm.acts()) {
      terminal
          .out()
          .println("%-24s %s".formatted(name, takes(ActForm.of(name).orElseThrow())).strip());
    }
    terminal
        .out()
        .println(
            "Details for the sandbox's customer: `acts` in events/profiles/hosting-provider.json");
  }

  private static String takes(ActForm form) {
    Map<String, String> all = new LinkedHashMap<>();
    form.needed().keySet().stream().sorted().forEach(name -> all.put(name, name + "=…"));
    form.known().keySet().stream().sorted().forEach(name -> all.put(name, "[" + name + "=…]"));
    return all.isEmpty() ? "no details" : String.join(" ", all.values());
  }

  /** Texts need no quotes. */
  private static JsonNode value(ActForm form, String name, String text) {
    ActForm.Kind kind = form.needed().getOrDefault(name, form.known().get(name));
    if (kind == null || kind == ActForm.Kind.TEXT || kind == ActForm.Kind.AMOUNT) {
      return Json.MAPPER.getNodeFactory().textNode(text);
    }
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InputFailure(name + ": is no JSON, and is to be " + kind.words());
    }
  }

  private URI control() {
    if (sandbox != null) {
      return sandbox;
    }
    if (place.isThere() && place.connection() instanceof Connection.Here here) {
      return here.note().sandbox();
    }
    throw new InputFailure(
        "which sandbox? Name the folder that `slipway serve` serves with --data, or the control"
            + " address that it prints with --sandbox; a deployed Slipway has none");
  }
}
