package dev.slipway.local.scaffold;

import dev.slipway.local.runtime.LocalRuntime;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Clients of a local runtime, by which a test looks behind the functions as the operator. */
public record RuntimeClients(LocalRuntime runtime) {
  /** A client of the table. */
  public DynamoDbClient dynamoDb() {
    return DynamoDbClient.builder()
        .endpointOverride(runtime.dynamoDbUri())
        .region(Region.US_EAST_1)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(operator())
        .build();
  }

  /** A client of Step Functions. */
  public SfnClient stepFunctions() {
    return SfnClient.builder()
        .endpointOverride(runtime.awsUri())
        .region(Region.US_EAST_1)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(operator())
        .build();
  }

  private StaticCredentialsProvider operator() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(runtime.operatorKey().id(), runtime.operatorKey().secret()));
  }
}
