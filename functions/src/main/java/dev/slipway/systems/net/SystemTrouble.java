package dev.slipway.systems.net;

import dev.slipway.credentials.Grade;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A third party could not be asked, or its answer was not usable. Carries all that a problem report
 * needs; no part of it holds a secret, because its makers redact.
 */
public final class SystemTrouble extends RuntimeException {

  /** The kind of trouble, and how a credential test grades it. */
  public enum Kind {
    /** The host name is not known to DNS. */
    NAME_UNKNOWN(
        "name-unknown",
        Grade.UNREACHABLE,
        "Check the spelling of the host name and its DNS record."),
    /** The host points into a network that is not allowed. */
    ADDRESS_REFUSED(
        "address-refused",
        Grade.UNREACHABLE,
        "Give a host that is reachable from the internet. Of one inside your network, say that its"
            + " network is private where the element asks for it: a probe runner in there then looks"
            + " (slipway probe). Or ask the operator to allow that network."),
    /** Nothing listens there, or the network is unreachable. */
    NOT_CONNECTED(
        "not-connected",
        Grade.UNREACHABLE,
        "Check host, port and firewall, and that the service is running."),
    /** No answer in time. */
    TIMED_OUT(
        "timed-out",
        Grade.UNREACHABLE,
        "Check the firewall and whether the service is overloaded; then try again."),
    /** The connection was closed before the answer was complete. */
    CUT_OFF(
        "connection-cut",
        Grade.UNREACHABLE,
        "Try again; when it stays, look into the service's log or the firewall in between."),
    /** The certificate is expired, for another host, or not trusted. */
    CERTIFICATE(
        "certificate",
        Grade.UNREACHABLE,
        "Install a valid certificate for this host with its intermediate certificates."),
    /** TLS could not be agreed on for another reason. */
    TLS("tls", Grade.UNREACHABLE, "Offer TLS 1.2 or newer on this port."),
    /** The system reports trouble of its own (HTTP 5xx, SMTP 421 and 4xx). */
    OUT_OF_ORDER(
        "out-of-order", Grade.UNREACHABLE, "Wait until the system has recovered, then try again."),
    /** The system asks to come back later. */
    RATE_LIMITED("rate-limited", Grade.RATE_LIMITED, "Try again at the time given."),
    /** The credential is wrong. */
    AUTHENTICATION_FAILED(
        "authentication-failed",
        Grade.INVALID_CREDENTIALS,
        "Store the right access data: these were turned away."),
    /** The credential is right and may not do this. */
    NOT_PERMITTED(
        "not-permitted",
        Grade.INSUFFICIENT_PERMISSION,
        "Grant the missing permission, or let a person do this step."),
    /** The address or the credential belongs to another region or environment. */
    WRONG_PLACE(
        "wrong-place",
        Grade.WRONG_REGION_OR_ENV,
        "Check that address, region and credential belong together."),
    /** The object that was asked for does not exist. */
    NOT_FOUND("not-found", Grade.INCONCLUSIVE, "Check the name; it was not found."),
    /** The system understood and said no. */
    REJECTED("rejected", Grade.INCONCLUSIVE, "Correct what the answer complains about."),
    /** The answer is not what this system is known to answer: HTML, empty, cut, another form. */
    NOT_UNDERSTOOD(
        "not-understood",
        Grade.INCONCLUSIVE,
        "Check that the address is that of the system itself, and not of a portal in front of it."),
    /** A value needed for asking is missing or malformed. */
    INPUT("input", Grade.INCONCLUSIVE, "Complete or correct the value named.");

    private final String code;
    private final Grade grade;
    private final String nextStep;

    Kind(String code, Grade grade, String nextStep) {
      this.code = code;
      this.grade = grade;
      this.nextStep = nextStep;
    }

    /** The last part of a problem's code, such as {@code authentication-failed}. */
    public String code() {
      return code;
    }

    /** How a credential test grades it. */
    public Grade grade() {
      return grade;
    }

    /** A person's next step, when the client knows nothing better. */
    public String nextStep() {
      return nextStep;
    }
  }

  private final String system;
  private final Kind kind;
  private final String asked;
  private final String against;
  private final String answered;
  private final Instant retryAt;

  /**
   * Describes a trouble; every text must be redacted already.
   *
   * @param system the system's name, such as {@code smtp}
   * @param kind what went wrong
   * @param message one or two sentences for a person
   * @param asked what was asked, such as {@code administration.cluster.GetClusterStatus}
   * @param against host and port, or base URL
   * @param answered what came back; empty when nothing did
   * @param retryAt when to ask again, or null
   * @param cause what the JDK said, or null; its message may hold an address but never a secret
   */
  public SystemTrouble(
      String system,
      Kind kind,
      String message,
      String asked,
      String against,
      String answered,
      Instant retryAt,
      Throwable cause) {
    super(message, cause);
    this.system = Objects.requireNonNull(system);
    this.kind = Objects.requireNonNull(kind);
    this.asked = Objects.requireNonNull(asked);
    this.against = Objects.requireNonNull(against);
    this.answered = Objects.requireNonNull(answered);
    this.retryAt = retryAt;
  }

  /** Describes a trouble without a time to retry at and without a cause. */
  public SystemTrouble(
      String system, Kind kind, String message, String asked, String against, String answered) {
    this(system, kind, message, asked, against, answered, null, null);
  }

  /** The same answer to the same question, understood as another kind of trouble. */
  public SystemTrouble as(Kind other, String message) {
    return new SystemTrouble(system, other, message, asked, against, answered);
  }

  /** The system's name, such as {@code smtp}. */
  public String system() {
    return system;
  }

  /** The kind of trouble. */
  public Kind kind() {
    return kind;
  }

  /** The problem's code: system and kind, such as {@code smtp.authentication-failed}. */
  public String code() {
    return system + "." + kind.code();
  }

  /** The request. */
  public String asked() {
    return asked;
  }

  /** Host and port, or base URL, that was asked. */
  public String against() {
    return against;
  }

  /** The answer, redacted and shortened; empty when there was none. */
  public String answered() {
    return answered;
  }

  /** When to ask again, if the system said so. */
  public Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAt);
  }

  /** A person's next step. */
  public String nextStep() {
    return kind.nextStep();
  }
}
