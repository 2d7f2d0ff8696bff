package dev.slipway.local.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/** The images that the tests use. */
final class Images {
  /** The last one that needs no token. */
  static final String LOCALSTACK = "localstack/localstack:4.14.0";

  /** What SAM CLI runs functions on. */
  static final String LAMBDA = "public.ecr.aws/lambda/java:25-x86_64";

  private static final long MINUTES_TO_PULL = 10;

  private Images() {}

  /** Why an image is not there and cannot be pulled; empty if it is there now. */
  static Optional<String> missing(DockerImageName name) {
    DockerClient docker = DockerClientFactory.instance().client();
    try {
      docker.inspectImageCmd(name.asCanonicalNameString()).exec();
      return Optional.empty();
    } catch (DockerException e) {
      return pull(docker, name);
    }
  }

  private static Optional<String> pull(DockerClient docker, DockerImageName name) {
    try {
      boolean pulled =
          docker
              .pullImageCmd(name.getUnversionedPart())
              .withTag(name.getVersionPart())
              .start()
              .awaitCompletion(MINUTES_TO_PULL, TimeUnit.MINUTES);
      return pulled
          ? Optional.empty()
          : Optional.of("cannot be pulled within " + MINUTES_TO_PULL + " minutes");
    } catch (RuntimeException e) {
      return Optional.of("is not here and cannot be pulled: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while it was pulled");
    }
  }
}
