package dev.slipway.local.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** AWS's and npm's own checks find nothing. */
class ToolsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Test
  @Needs(Need.SAM)
  void samFindsTheTemplateValid() {
    Command.Result result =
        Command.of(Checkout.project(), "sam", "validate", "--lint").succeed(PATIENCE);
    assertTrue(result.out().contains("is a valid SAM Template"), result::toString);
  }

  @Test
  @Needs(Need.CFN_LINT)
  void cfnLintFindsNothing() {
    Command.Result result =
        Command.of(Checkout.project(), "cfn-lint", "template.yaml", "docs/customer-role.yaml")
            .run(PATIENCE);
    assertEquals(0, result.exit(), result::toString);
    assertEquals("", result.out().strip());
  }

  @Test
  @Needs(Need.SAM)
  void samBuildsFromACleanClone() {
    Checkout project = Checkout.built();
    assertTrue(Files.exists(project.folder().resolve(".aws-sam/build/template.yaml")));
  }

  @Test
  @Needs(Need.MAVEN)
  void anotherBuildMakesTheSameArtifact() {
    Command.Result result =
        Command.of(
                Checkout.project(),
                ".ci/reproducible",
                "functions/target/slipway-functions-lambda.zip")
            .succeed(PATIENCE.multipliedBy(2));
    assertTrue(result.out().contains("both builds have the same hash"), result::toString);
  }

  @Test
  @Needs(Need.ASL_VALIDATOR)
  void theStateMachinesAreValid() {
    List<Path> definitions = Checkout.definitions();
    assertTrue(definitions.size() > 1);
    Command.Result result = AslValidator.validate(definitions);
    assertEquals(0, result.exit(), result::toString);
    assertEquals(
        definitions.size(),
        result.out().lines().filter(line -> line.endsWith("is valid")).count(),
        result::toString);
  }
}
