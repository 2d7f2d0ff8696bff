package dev.slipway.pattern;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/**
 * The patterns of JSON Schemas (2020-12 Core, 6.4: ECMA-262 with the flag {@code u}), and the
 * formats that the library would hold to the JDK's patterns. A text that takes too many steps does
 * not match.
 */
final class SchemaPatterns implements RegularExpressionFactory {
  private static final String HEX = "[0-9A-Fa-f]";
  private static final String POINTER = "(/([^/~]|~[01])*)*";

  @Override
  public RegularExpression getRegularExpression(String regex) {
    return matching(regex, "u")::test;
  }

  /**
   * The formats that the library checks by patterns of the JDK, here checked by ours. The library's
   * own check of e-mail addresses besides knows a list of top-level domains, in which the reserved
   * ones (RFC 2606) and the newest ones are missing.
   */
  List<Format> formats() {
    Predicate<String> instant =
        matching(
            "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$", "iu");
    return List.of(
        format("email", HostNames::isMailAddress),
        format("hostname", HostNames::isName),
        format("ipv4", HostNames::isIpv4),
        format("uri", HostNames::isUri),
        format("date-time", text -> instant.test(text) && isTime(text)),
        format("json-pointer", matching("^" + POINTER + "$", "u")),
        format("relative-json-pointer", matching("^(0|[1-9][0-9]*)(#|" + POINTER + ")$", "u")),
        format("uuid", matching("^" + HEX + "{8}(-" + HEX + "{4}){3}-" + HEX + "{12}$", "u")),
        format("regex", SchemaPatterns::isPattern));
  }

  private static Predicate<String> matching(String regex, String flags) {
    EcmaPattern pattern = EcmaPattern.compile(regex, flags);
    return text -> {
      try {
        return pattern.isIn(text);
      } catch (TooManySteps e) {
        return false;
      }
    };
  }

  /** Leap seconds are none: nothing here could wait for one. */
  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text.toUpperCase(Locale.ROOT));
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isPattern(String text) {
    try {
      EcmaPattern.compile(text, "u");
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static Format format(String name, Predicate<String> rule) {
    return new Format() {
      @Override
      public String getName() {
        return name;
      }

      @Override
      public boolean matches(ExecutionContext context, String value) {
        return rule.test(value);
      }
    };
  }
}
