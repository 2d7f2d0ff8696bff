package dev.slipway.local.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/** LocalStack in a container, with the built template deployed into it. */
final class LocalStack implements AutoCloseable {
  static final String STACK = "slipway";
  private static final String REGION = "us-east-1";

  private final LocalStackContainer container;

  private LocalStack(LocalStackContainer container) {
    this.container = container;
  }

  /**
   * Starts it; a function is a container beside it, ended some time after its last call: those of a
   * whole checklist do not fit into one machine's memory.
   *
   * @param concurrency how many functions run at once; those without a reserved share are turned
   *     away beyond it, as by AWS
   */
  static LocalStack start(Consumer<String> log, int concurrency) {
    var container =
        new LocalStackContainer(DockerImageName.parse(Images.LOCALSTACK))
            .withEnv("PROVIDER_OVERRIDE_DYNAMODB", "v2")
            .withEnv("LAMBDA_KEEPALIVE_MS", Long.toString(Duration.ofMinutes(3).toMillis()))
            .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "120")
            .withEnv("LAMBDA_LIMITS_CONCURRENT_EXECUTIONS", Integer.toString(concurrency))
            .withEnv("LAMBDA_LIMITS_MINIMUM_UNRESERVED_CONCURRENCY", "1")
            // A stream that was quiet is looked at every ten seconds otherwise, and Wake is late.
            .withEnv("LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC", "0.2")
            .withEnv("LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC", "0.5")
            .withLogConsumer(frame -> log.accept(frame.getUtf8String()));
    container.start();
    return new LocalStack(container);
  }

  /** Where all of its services answer. */
  URI endpoint() {
    return container.getEndpoint();
  }

  /** What makes AWS's tools talk to it. */
  Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL",
        endpoint().toString(),
        "AWS_ACCESS_KEY_ID",
        container.getAccessKey(),
        "AWS_SECRET_ACCESS_KEY",
        container.getSecretKey(),
        "AWS_DEFAULT_REGION",
        REGION,
        "AWS_REGION",
        REGION);
  }

  /** Deploys what {@code sam build} made, as the deploy guide says, with these parameters. */
  void deploy(Checkout project, Map<String, String> parameters) {
    String[] words = {
      "sam",
      "deploy",
      "--stack-name",
      STACK,
      "--resolve-s3",
      "--no-confirm-changeset",
      "--no-progressbar",
      "--capabilities",
      "CAPABILITY_IAM",
      "--parameter-overrides"
    };
    var all = new java.util.ArrayList<>(List.of(words));
    parameters.forEach((name, value) -> all.add(name + "=\"" + value + "\""));
    Command.of(project.folder(), all.toArray(String[]::new))
        .with(environment())
        .succeed(Duration.ofMinutes(12));
  }

  /** The physical names of the stack's resources by their logical ones. */
  Map<String, String> resources() {
    try (var cloudFormation = client(CloudFormationClient.builder())) {
      Map<String, String> names = new HashMap<>();
      cloudFormation
          .listStackResourcesPaginator(r -> r.stackName(STACK))
          .stackResourceSummaries()
          .forEach(one -> names.put(one.logicalResourceId(), one.physicalResourceId()));
      return names;
    }
  }

  /** A client of one of its services. */
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(endpoint())
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(container.getAccessKey(), container.getSecretKey())))
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMinutes(4)))
        .build();
  }

  /** Ends it, and the containers of the functions, which outlive it otherwise. */
  @Override
  public void close() {
    String name = container.getContainerName().substring(1);
    container.stop();
    DockerClient docker = DockerClientFactory.instance().client();
    for (Container left :
        docker
            .listContainersCmd()
            .withShowAll(true)
            .withNameFilter(List.of(name + "-lambda-"))
            .exec()) {
      try {
        docker.removeContainerCmd(left.getId()).withForce(true).exec();
      } catch (DockerException e) {
        // Another hand was quicker: it is gone.
      }
    }
  }
}
