package dev.slipway.systems.tls;

/**
 * One point about a certificate that a person should know.
 *
 * @param code names it for machines, such as {@code certificate.expired}
 * @param isError whether the certificate cannot be used as it is; otherwise it is a warning
 * @param message what is so, in a sentence, without key material
 * @param nextStep what the person does next
 */
public record CertificateFinding(String code, boolean isError, String message, String nextStep) {

  static CertificateFinding error(String code, String message, String nextStep) {
    return new CertificateFinding("certificate." + code, true, message, nextStep);
  }

  static CertificateFinding warning(String code, String message, String nextStep) {
    return new CertificateFinding("certificate." + code, false, message, nextStep);
  }
}
