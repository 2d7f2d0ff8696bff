package dev.slipway.local.cli;

import dev.slipway.local.aws.AccessKeys.AccessKey;
import dev.slipway.local.kms.Pem;
import dev.slipway.local.runtime.LocalRuntime;
import dev.slipway.report.ReportSigner;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** The key that the local runtime signs reports with, as its operator may use it. */
final class LocalSigner implements AutoCloseable {
  private final KmsClient kms;
  private final String key;

  LocalSigner(LocalRuntime runtime) {
    AccessKey operator = runtime.operatorKey();
    kms =
        KmsClient.builder()
            .endpointOverride(runtime.awsUri())
            .region(Region.of(runtime.template().stack().region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(operator.id(), operator.secret())))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    key = runtime.template().keys().getFirst().arn();
  }

  /** Signs a report that nobody has signed off: it is what the run ended with. */
  byte[] sign(byte[] report) {
    return new ReportSigner(kms, key).sign(report).der();
  }

  /** In PEM. */
  String publicKey() {
    return Pem.of("PUBLIC KEY", kms.getPublicKey(r -> r.keyId(key)).publicKey().asByteArray());
  }

  @Override
  public void close() {
    kms.close();
  }
}
