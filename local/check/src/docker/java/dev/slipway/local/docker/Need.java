package dev.slipway.local.docker;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/** What a test needs besides Java and Maven. */
enum Need {
  SAM("SAM CLI (sam)") {
    @Override
    Optional<String> look() {
      return onPath("sam");
    }
  },
  MAVEN("Maven (mvn) and bash") {
    @Override
    Optional<String> look() {
      return onPath("mvn").or(() -> onPath("bash"));
    }
  },
  CFN_LINT("cfn-lint") {
    @Override
    Optional<String> look() {
      return onPath("cfn-lint");
    }
  },
  ASL_VALIDATOR("npm's asl-validator (npx)") {
    @Override
    Optional<String> look() {
      return onPath("npx").or(AslValidator::missing);
    }
  },
  DOCKER("a Docker engine") {
    @Override
    Optional<String> look() {
      return DockerClientFactory.instance().isDockerAvailable()
          ? Optional.empty()
          : Optional.of("no Docker engine answers");
    }
  },
  CONTAINERS_REACH_THIS_MACHINE("a Docker engine whose containers reach this machine") {
    @Override
    Optional<String> look() {
      return DOCKER.missing().or(ContainerHost::missing);
    }
  },
  LAMBDA_IMAGE("the image " + Images.LAMBDA) {
    @Override
    Optional<String> look() {
      return DOCKER.missing().or(() -> Images.missing(DockerImageName.parse(Images.LAMBDA)));
    }
  },
  LOCALSTACK_IMAGE("the image " + Images.LOCALSTACK) {
    @Override
    Optional<String> look() {
      return DOCKER.missing().or(() -> Images.missing(DockerImageName.parse(Images.LOCALSTACK)));
    }
  };

  private static final Map<Need, Optional<String>> KNOWN = new EnumMap<>(Need.class);

  private final String words;

  Need(String words) {
    this.words = words;
  }

  /** Looks whether it is there; answers why not. */
  abstract Optional<String> look();

  /** Why it is not there; empty if it is. Looks once. */
  Optional<String> missing() {
    synchronized (KNOWN) {
      Optional<String> known = KNOWN.get(this);
      if (known == null) {
        known = look();
        KNOWN.put(this, known);
      }
      return known;
    }
  }

  /** As people call it. */
  String words() {
    return words;
  }

  private static Optional<String> onPath(String tool) {
    if (Command.find(tool).isEmpty()) {
      return Optional.of(tool + " is not on the path");
    }
    Command.Result version =
        Command.of(Checkout.project(), tool, "--version").run(Duration.ofMinutes(1));
    return version.exit() == 0
        ? Optional.empty()
        : Optional.of(tool + " does not run: " + version.err().strip());
  }
}
