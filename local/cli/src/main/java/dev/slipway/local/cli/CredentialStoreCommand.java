package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores a credential. */
@Command(
    name = "store",
    header = "Store a credential; it is tested on receipt.",
    description = {
      "",
      "The value comes from a file or from standard input, never from an argument, which other processes could see. It can be replaced, and never be read again. Exits with 1 unless it is found VALID.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway credential store hoster-example-gmbh-7sqrdz31 smtp --file smtp.json --api https://slipway.example --token-file token.txt",
      "  pass show hoster/smtp | slipway credential store hoster-example-gmbh-7sqrdz31 smtp --file - \\",
      "        --api https://slipway.example --token-file token.txt",
      ""
    })
public final class CredentialStoreCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Parameters(index = "1", paramLabel = "SYSTEM", description = "The system, such as smtp.")
  private String system;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      required = true,
      description = "A JSON file with the credential's fields; - is standard input.")
  private Path file;

  CredentialStoreCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode answer =
        api.storeCredential(onboarding.id(), system, new InputFile("--file", file).json());
    String grade = answer.path("grade").asText();
    say("%s: %s %s".formatted(system, grade, answer.path("message").asText("")));
    answer
        .path("findings")
        .forEach(
            found ->
                say(
                    "  %s: %s %s"
                        .formatted(
                            found.path("weight").asText(),
                            found.path("message").asText(),
                            found.path("nextStep").asText())));
    return grade.equals("VALID") ? 0 : 1;
  }

  @Override
  String next() {
    return "plan " + onboarding.id();
  }
}
