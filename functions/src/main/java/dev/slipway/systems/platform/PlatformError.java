package dev.slipway.systems.platform;

import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer with {@code result} other than 0. The HTTP status is 200 all the same.
 *
 * @param method the method called
 * @param result the platform's error number
 * @param error the platform's words, redacted; empty when there are none
 */
record PlatformError(PlatformMethod method, int result, String error) {

  private static final int NOT_FOUND = 5;
  private static final int PERMISSION_DENIED = 8202;

  /**
   * Numbers that mean "this session or token is not known"; unverified, hence the words as well.
   */
  private static final Set<Integer> NO_SESSION = Set.of(701, 702, 703);

  private static final Pattern NO_SESSION_WORDS =
      Pattern.compile(
          "not authenticated|unauthori[sz]ed|authentication failed"
              + "|(invalid|wrong|unknown|expired) (session|token)"
              + "|(session|token)[^.]{0,100}(invalid|expired|not (found|valid|known))");

  private static final Pattern PERMISSION = Pattern.compile("\\b[a-z]+\\.[a-z]+\\.[A-Za-z]+\\b");

  Kind kind() {
    if (result == PERMISSION_DENIED) {
      return Kind.NOT_PERMITTED;
    }
    if (NO_SESSION.contains(result)
        || NO_SESSION_WORDS.matcher(error.toLowerCase(Locale.ROOT)).find()) {
      return Kind.AUTHENTICATION_FAILED;
    }
    return result == NOT_FOUND ? Kind.NOT_FOUND : Kind.REJECTED;
  }

  /** For a person; a refused permission is named. */
  String message() {
    return switch (kind()) {
      case NOT_PERMITTED -> "The token lacks the permission " + permission() + " (error 8202).";
      case AUTHENTICATION_FAILED ->
          "The platform does not accept the token (error " + result + words() + ").";
      case NOT_FOUND ->
          "The platform did not find what " + method.permission() + " asked for" + words() + ".";
      default ->
          "The platform did not carry out "
              + method.permission()
              + " (error "
              + result
              + words()
              + ").";
    };
  }

  /** The permission that the error names, or that of the method called. */
  String permission() {
    Matcher named = PERMISSION.matcher(error);
    return named.find() ? named.group() : method.permission();
  }

  private String words() {
    return error.isBlank() ? "" : ": " + error;
  }
}
