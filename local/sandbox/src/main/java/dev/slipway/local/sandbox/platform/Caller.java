package dev.slipway.local.sandbox.platform;

import java.util.List;

/**
 * The caller of a method, by the session or token.
 *
 * @param uid the user's number; 0 for nobody
 * @param login the user's login
 * @param permissions methods allowed, {@code *} at the end stands for the rest
 * @param denied methods taken out of these
 */
record Caller(int uid, String login, List<String> permissions, List<String> denied) {

  static Caller nobody() {
    return new Caller(0, "", List.of(), List.of());
  }

  boolean may(String method) {
    return covers(permissions, method) && !covers(denied, method);
  }

  private static boolean covers(List<String> patterns, String method) {
    return patterns.stream()
        .anyMatch(
            each ->
                each.endsWith("*")
                    ? method.startsWith(each.substring(0, each.length() - 1))
                    : method.equalsIgnoreCase(each));
  }
}
