package dev.slipway.systems.net;

import com.fasterxml.jackson.core.JacksonException;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Tells the many ways apart in which a connection fails, and words them for a person. */
public final class TroubleClassifier {

  private TroubleClassifier() {}

  /** The trouble that an exception of the JDK means. */
  public static SystemTrouble of(
      Throwable cause, String system, String asked, String against, Redactor redactor) {
    if (cause instanceof SystemTrouble trouble) {
      return trouble;
    }
    String said = redactor.answer(String.valueOf(cause.getMessage()));
    Kind kind = kind(cause);
    String message =
        switch (kind) {
          case NAME_UNKNOWN -> "The host name of " + against + " is not known to DNS.";
          case TIMED_OUT ->
              causedBy(cause, HttpConnectTimeoutException.class)
                      || said.contains("onnect timed out")
                  ? against + " did not accept a connection in time; a firewall may drop it."
                  : against + " accepted the connection but did not answer in time.";
          case NOT_CONNECTED -> against + " cannot be connected to (" + said + ").";
          case CERTIFICATE -> "The certificate of " + against + " was refused (" + said + ").";
          case TLS -> "TLS with " + against + " failed (" + said + ").";
          case NOT_UNDERSTOOD -> against + " answered in a way not understood (" + said + ").";
          default -> against + " closed the connection before its answer was complete.";
        };
    return new SystemTrouble(system, kind, message, asked, against, said, null, cause);
  }

  /** Nothing came in the time allowed. */
  static SystemTrouble ofTimeout(Throwable cause, String system, String asked, String against) {
    return new SystemTrouble(
        system,
        Kind.TIMED_OUT,
        against + " did not complete its answer in time.",
        asked,
        against,
        "",
        null,
        cause);
  }

  /** No address of a host was of use; the first one's trouble stands for all. */
  static SystemTrouble ofAddresses(Map<InetAddress, SystemTrouble> troubles) {
    SystemTrouble first = troubles.values().iterator().next();
    if (troubles.size() == 1) {
      return first;
    }
    String each =
        troubles.entrySet().stream()
            .map(
                tried ->
                    tried.getKey().getHostAddress()
                        + " ("
                        + (tried.getValue().answered().isEmpty()
                            ? tried.getValue().kind().code()
                            : tried.getValue().answered())
                        + ")")
            .collect(Collectors.joining(", "));
    return new SystemTrouble(
        first.system(),
        first.kind(),
        first.getMessage() + " These of its addresses were tried: " + each + ".",
        first.asked(),
        first.against(),
        first.answered(),
        first.retryAt().orElse(null),
        first);
  }

  /** The trouble that a failed handshake means, with the chain that was shown. */
  static SystemTrouble ofHandshake(
      TlsAttempt attempt, String system, String asked, String host, String against, Instant now) {
    IOException failure = attempt.failure().orElseThrow();
    SystemTrouble plain = of(failure, system, asked, against, Redactor.none());
    if (plain.kind() != Kind.CERTIFICATE || attempt.chain().isEmpty()) {
      return plain;
    }
    Optional<String> datesAndNames = Certificates.datesAndNames(host, attempt.chain(), now);
    String message = datesAndNames.orElseGet(() -> Certificates.distrust(host, attempt.chain()));
    return new SystemTrouble(
        system, Kind.CERTIFICATE, message, asked, against, plain.answered(), null, failure);
  }

  private static Kind kind(Throwable cause) {
    String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (causedBy(cause, UnknownHostException.class)
        || causedBy(cause, UnresolvedAddressException.class)) {
      return Kind.NAME_UNKNOWN;
    }
    if (causedBy(cause, HttpTimeoutException.class)
        || causedBy(cause, SocketTimeoutException.class)) {
      return Kind.TIMED_OUT;
    }
    if (causedBy(cause, CertificateException.class)) {
      return Kind.CERTIFICATE;
    }
    if (causedBy(cause, ConnectException.class)
        || causedBy(cause, NoRouteToHostException.class)
        || causedBy(cause, PortUnreachableException.class)
        || said.contains("tunnel failed")) {
      return Kind.NOT_CONNECTED;
    }
    if (causedBy(cause, SSLException.class)) {
      return said.contains("closed") || said.contains("reset") ? Kind.CUT_OFF : Kind.TLS;
    }
    if (causedBy(cause, ProtocolException.class)
        || causedBy(cause, JacksonException.class)
        || said.contains("invalid")
        || said.contains("capacity")) {
      return Kind.NOT_UNDERSTOOD;
    }
    return Kind.CUT_OFF;
  }

  private static boolean causedBy(Throwable cause, Class<? extends Throwable> type) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }
}
