package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.ledger.SignedReport;
import java.time.Instant;

/**
 * A sign-off as it is told to callers.
 *
 * @param sha256 of the signed report, byte for byte as {@code GET …/report} answers it
 * @param signature detached, in base64; decoded it is what {@code slipway verify-report} takes
 * @param key the ARN of the key of KMS that signed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SignedOff(
    String by,
    Instant at,
    String reason,
    String sha256,
    int bytes,
    String signature,
    String algorithm,
    String key) {
  static SignedOff of(SignedReport report) {
    return new SignedOff(
        report.by(),
        report.at(),
        report.reason(),
        report.sha256(),
        report.bytes(),
        report.signature(),
        report.algorithm(),
        report.key());
  }
}
