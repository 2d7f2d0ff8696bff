package dev.slipway.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The state that an editor says to have seen: a version ({@code If-Match: "3"}), or that there was
 * nothing yet ({@code If-None-Match: *}). Without one nothing is written, so that several editors
 * never overwrite each other silently.
 */
final class Precondition {
  private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})\"");

  private Precondition() {}

  /**
   * The version seen; 0: nothing was there.
   *
   * @throws Refusal 428 without a precondition, 400 with one that is no version
   */
  static long seenVersion(ApiEvent event) {
    Optional<String> match = event.header("if-match");
    Optional<String> noneMatch = event.header("if-none-match");
    if (match.isPresent() && noneMatch.isPresent()) {
      throw Refusal.of(400, "precondition.two", "Send either If-Match or If-None-Match, not both.")
          .at("If-Match");
    }
    if (match.isPresent()) {
      Matcher tag = TAG.matcher(match.get());
      if (!tag.matches() || Long.parseLong(tag.group(1)) == 0) {
        throw Refusal.of(
                400,
                "precondition.malformed",
                "If-Match must name the version that you saw, in quotes: If-Match: \"3\".")
            .at("If-Match");
      }
      return Long.parseLong(tag.group(1));
    }
    if (noneMatch.isPresent()) {
      if (!noneMatch.get().equals("*")) {
        throw Refusal.of(
                400,
                "precondition.malformed",
                "If-None-Match must be *: it says that you saw no value yet.")
            .at("If-None-Match");
      }
      return 0;
    }
    throw Refusal.of(
            428,
            "precondition.missing",
            "Say which version you saw, with If-Match: \"<version>\", or that there was none, with"
                + " If-None-Match: *.")
        .at("If-Match");
  }

  /** A version as an entity tag. */
  static String tag(long version) {
    return "\"" + version + "\"";
  }
}
