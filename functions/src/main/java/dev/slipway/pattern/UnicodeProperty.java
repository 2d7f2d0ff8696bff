package dev.slipway.pattern;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code \p{…}} (ECMA-262, 22.2.2.9), by the JDK's tables of Unicode. */
final class UnicodeProperty {
  /** Each general category, its short name and its long one. */
  private static final String CATEGORIES =
      " L:Letter Lu:Uppercase_Letter Ll:Lowercase_Letter Lt:Titlecase_Letter LC:Cased_Letter"
          + " Lm:Modifier_Letter Lo:Other_Letter M:Mark Mn:Nonspacing_Mark Mc:Spacing_Mark"
          + " Me:Enclosing_Mark N:Number Nd:Decimal_Number Nl:Letter_Number No:Other_Number"
          + " P:Punctuation Pc:Connector_Punctuation Pd:Dash_Punctuation Ps:Open_Punctuation"
          + " Pe:Close_Punctuation Pi:Initial_Punctuation Pf:Final_Punctuation"
          + " Po:Other_Punctuation S:Symbol Sm:Math_Symbol Sc:Currency_Symbol Sk:Modifier_Symbol"
          + " So:Other_Symbol Z:Separator Zs:Space_Separator Zl:Line_Separator"
          + " Zp:Paragraph_Separator C:Other Cc:Control Cf:Format Cs:Surrogate Co:Private_Use"
          + " Cn:Unassigned ";

  private static final Set<String> BINARY =
      Set.of(
          "Alphabetic",
          "Emoji",
          "Emoji_Component",
          "Emoji_Modifier",
          "Emoji_Modifier_Base",
          "Emoji_Presentation",
          "Extended_Pictographic",
          "Hex_Digit",
          "Ideographic",
          "Join_Control",
          "Lowercase",
          "Noncharacter_Code_Point",
          "Uppercase",
          "White_Space");

  private UnicodeProperty() {}

  /**
   * The characters that have a property.
   *
   * @param expression what stands between the braces
   * @return null if there is no such property
   */
  static CharacterSet named(String expression) {
    int equals = expression.indexOf('=');
    String name = equals < 0 ? "" : expression.substring(0, equals);
    String value = expression.substring(equals + 1);
    return switch (name) {
      case "" -> alone(value);
      case "gc", "General_Category" -> category(value);
      case "sc", "Script", "scx", "Script_Extensions" -> byJdk("script=" + value);
      default -> null;
    };
  }

  private static CharacterSet alone(String value) {
    return switch (value) {
      case "Any" -> new CharacterSet(c -> true);
      case "ASCII" -> new CharacterSet(c -> c < 128);
      case "Assigned" -> byJdk("IsAssigned");
      case "ID_Start" -> new CharacterSet(Character::isUnicodeIdentifierStart);
      case "ID_Continue" -> new CharacterSet(UnicodeProperty::goesOnAName);
      default -> BINARY.contains(value) ? byJdk("Is" + value) : category(value);
    };
  }

  private static boolean goesOnAName(int c) {
    return Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
  }

  private static CharacterSet category(String value) {
    if (!value.matches("[A-Za-z_]{1,30}")) {
      return null;
    }
    int asShort = CATEGORIES.indexOf(" " + value + ":");
    int asLong = CATEGORIES.indexOf(":" + value + " ");
    if (asShort < 0 && asLong < 0) {
      return null;
    }
    String name =
        asShort >= 0
            ? value
            : CATEGORIES.substring(CATEGORIES.lastIndexOf(' ', asLong) + 1, asLong);
    return byJdk("gc=" + name);
  }

  private static CharacterSet byJdk(String property) {
    try {
      Pattern one = Pattern.compile("\\p{" + property + "}");
      return new CharacterSet(c -> one.matcher(Character.toString(c)).matches());
    } catch (PatternSyntaxException e) {
      return null;
    }
  }
}
