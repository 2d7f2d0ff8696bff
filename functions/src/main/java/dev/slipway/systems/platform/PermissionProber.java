package dev.slipway.systems.platform;

import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.platform.MethodPermission.Verdict;
import java.util.Collection;
import java.util.List;

/**
 * Finds out the permissions of a token, method by method, without changing anything (row V00).
 *
 * <ul>
 *   <li>Methods that read are called ({@code CALL}); an answer means PERMITTED.
 *   <li>Methods that write are called without their mandatory parameters ({@code
 *       WITHOUT_PARAMETERS}): the platform cannot carry that out. Error 8202 means REFUSED; a
 *       complaint about parameters means UNKNOWN, because only the vendor knows whether permissions
 *       are checked before parameters. Only methods are on this list for which leaving the
 *       parameters out cannot mean "everything".
 *   <li>A method that could do harm even so ({@code ApplyConfig}, {@code DeleteEnv}), or has no
 *       known name, is not called at all: UNKNOWN ({@code NEVER}).
 * </ul>
 *
 * Methods of the test customer need the test customer's token and are probed by using them.
 */
public final class PermissionProber {

  private final PlatformClient client;

  /** Probes the token of this client. */
  public PermissionProber(PlatformClient client) {
    this.client = client;
  }

  /**
   * Probes these methods, in order.
   *
   * @throws SystemTrouble when the platform cannot be reached or does not accept the token at all
   */
  public List<MethodPermission> probe(Collection<PlatformMethod> methods) {
    return methods.stream().map(this::probe).toList();
  }

  private MethodPermission probe(PlatformMethod method) {
    if (method.probe() == PlatformMethod.Probe.NEVER) {
      return new MethodPermission(
          method,
          Verdict.UNKNOWN,
          method.source() == PlatformMethod.Source.UNVERIFIED
              ? "not asked: no public name of such a method is known"
              : "not asked, because asking could do harm");
    }
    try {
      client.bare(method);
      return new MethodPermission(
          method,
          method.probe() == PlatformMethod.Probe.CALL ? Verdict.PERMITTED : Verdict.UNKNOWN,
          "answered");
    } catch (SystemTrouble trouble) {
      return switch (trouble.kind()) {
        case NOT_PERMITTED -> new MethodPermission(method, Verdict.REFUSED, trouble.getMessage());
        case NOT_FOUND, REJECTED, NOT_UNDERSTOOD ->
            new MethodPermission(method, unclear(trouble), trouble.getMessage());
        default -> throw trouble;
      };
    }
  }

  /** HTTP 404 says that there is no such method; anything else says nothing about permission. */
  private static Verdict unclear(SystemTrouble trouble) {
    return trouble.answered().startsWith("HTTP 404") ? Verdict.REFUSED : Verdict.UNKNOWN;
  }
}
