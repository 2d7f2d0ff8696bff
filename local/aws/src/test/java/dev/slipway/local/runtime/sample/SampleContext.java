package dev.slipway.local.runtime.sample;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** What a sample handler is handed. */
public record SampleContext(
    Map<String, String> environment, Clock clock, Optional<SdkHttpClient> aws) {

  public static SampleContext of(
      Map<String, String> environment, Clock clock, Optional<SdkHttpClient> aws) {
    return new SampleContext(environment, clock, aws);
  }

  private StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY")));
  }

  DynamoDbClient dynamoDb() {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL_DYNAMODB")))
        .region(Region.of(environment.get("AWS_REGION")))
        .credentialsProvider(credentials())
        .httpClient(aws.orElseGet(UrlConnectionHttpClient::create))
        .build();
  }

  SfnClient stepFunctions() {
    return SfnClient.builder()
        .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL_SFN")))
        .region(Region.of(environment.get("AWS_REGION")))
        .credentialsProvider(credentials())
        .httpClient(aws.orElseGet(UrlConnectionHttpClient::create))
        .build();
  }

  String table() {
    return environment.get("SAMPLE_TABLE");
  }
}
