package dev.slipway.local.asl.jsonata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A picture of {@code $formatInteger} and {@code $parseInteger}, as XPath's functions and operators
 * (4.6) define it: {@code 1}, {@code 001}, {@code #,##0}, {@code A}, {@code i}, {@code Ww}, {@code
 * 1;o}.
 */
final class IntegerPicture {
  private enum Form {
    DECIMAL,
    LETTERS,
    ROMAN,
    WORDS,
    SEQUENCE
  }

  private enum Case {
    UPPER,
    LOWER,
    TITLE
  }

  /** A mark between digits, with so many digits after it. */
  private record Separator(int position, String mark) {}

  private static final int[] ZEROES = {
    0x30, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6,
    0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80,
    0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
    0xFF10
  };
  private static final List<String> FEW =
      List.of(
          ("Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen"
                  + " Fifteen Sixteen Seventeen Eighteen Nineteen")
              .split(" "));
  private static final List<String> ORDINALS =
      List.of(
          ("Zeroth First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh"
                  + " Twelfth Thirteenth Fourteenth Fifteenth Sixteenth Seventeenth Eighteenth"
                  + " Nineteenth")
              .split(" "));
  private static final List<String> DECADES =
      List.of("Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety Hundred".split(" "));
  private static final List<String> MAGNITUDES =
      List.of("Thousand", "Million", "Billion", "Trillion");
  private static final Map<String, Double> WORDS = words();
  private static final int[] ROMAN_VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
  private static final String[] ROMAN = "m cm d cd c xc l xl x ix v iv i".split(" ");

  private final String primary;
  private Form form = Form.DECIMAL;
  private Case letterCase = Case.LOWER;
  private final boolean ordinal;
  private int zero = '0';
  private int mandatoryDigits;
  private int optionalDigits;
  private final List<Separator> separators = new ArrayList<>();
  private int regular;

  private IntegerPicture(String primary, boolean ordinal) {
    this.primary = primary;
    this.ordinal = ordinal;
  }

  private static Map<String, Double> words() {
    Map<String, Double> words = new HashMap<>();
    for (int i = 0; i < FEW.size(); i++) {
      words.put(lower(FEW.get(i)), (double) i);
      words.put(lower(ORDINALS.get(i)), (double) i);
    }
    for (int i = 0; i < DECADES.size(); i++) {
      String word = lower(DECADES.get(i));
      words.put(word, (i + 2) * 10.0);
      words.put(word.substring(0, word.length() - 1) + "ieth", (i + 2) * 10.0);
    }
    words.put("hundredth", 100.0);
    for (int i = 0; i < MAGNITUDES.size(); i++) {
      words.put(lower(MAGNITUDES.get(i)), Math.pow(10, (i + 1) * 3.0));
      words.put(lower(MAGNITUDES.get(i)) + "th", Math.pow(10, (i + 1) * 3.0));
    }
    return Map.copyOf(words);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Fails with {@code D3131} for digits of two families. */
  static IntegerPicture parse(String picture) {
    int semicolon = picture.lastIndexOf(';');
    IntegerPicture parsed =
        new IntegerPicture(
            semicolon < 0 ? picture : picture.substring(0, semicolon),
            semicolon >= 0 && picture.startsWith("o", semicolon + 1));
    switch (parsed.primary) {
      case "A", "a" -> parsed.form = Form.LETTERS;
      case "I", "i" -> parsed.form = Form.ROMAN;
      case "W", "w", "Ww" -> parsed.form = Form.WORDS;
      default -> parsed.readDigits();
    }
    if (parsed.form != Form.DECIMAL && parsed.form != Form.SEQUENCE) {
      boolean upper = Character.isUpperCase(parsed.primary.charAt(0));
      parsed.letterCase =
          parsed.primary.length() > 1 ? Case.TITLE : upper ? Case.UPPER : Case.LOWER;
    }
    return parsed;
  }

  private void readDigits() {
    int position = 0;
    int[] characters = primary.codePoints().toArray();
    for (int i = characters.length - 1; i >= 0; i--) {
      int family = family(characters[i]);
      if (family >= 0) {
        if (mandatoryDigits > 0 && family != zero) {
          throw new JsonataException(
              "D3131",
              "In a decimal digit pattern, all digits must be from the same decimal group");
        }
        zero = family;
        mandatoryDigits++;
        position++;
      } else if (characters[i] == '#') {
        optionalDigits++;
        position++;
      } else {
        separators.add(new Separator(position, Character.toString(characters[i])));
      }
    }
    if (mandatoryDigits == 0) {
      form = Form.SEQUENCE;
      return;
    }
    boolean alike = separators.stream().map(Separator::mark).distinct().count() == 1;
    regular = alike ? regular(separators.stream().map(Separator::position).toList()) : 0;
  }

  private static int family(int character) {
    for (int candidate : ZEROES) {
      if (character >= candidate && character <= candidate + 9) {
        return candidate;
      }
    }
    return -1;
  }

  /** The size of groups, if separators at these positions make groups of one size; else 0. */
  static int regular(List<Integer> positions) {
    int size = 0;
    for (int position : positions) {
      int a = size == 0 ? position : size;
      int b = size == 0 ? 0 : position;
      while (b != 0) {
        int rest = a % b;
        a = b;
        b = rest;
      }
      size = a;
    }
    for (int i = 1; size > 0 && i <= positions.size(); i++) {
      if (!positions.contains(i * size)) {
        return 0;
      }
    }
    return size;
  }

  /** Negative if the picture has no digits. */
  int digits() {
    return form == Form.DECIMAL ? mandatoryDigits + optionalDigits : -1;
  }

  int mandatoryDigits() {
    return form == Form.DECIMAL ? mandatoryDigits : -1;
  }

  void setMandatoryDigits(int digits) {
    mandatoryDigits = digits;
  }

  boolean isRegular() {
    return regular > 0;
  }

  /** The separator between groups of one size; null if there are none. */
  String mark() {
    return regular > 0 ? separators.getFirst().mark() : null;
  }

  private JsonataException unsupported() {
    return new JsonataException(
        "D3130",
        ("Formatting or parsing an integer as a sequence starting with \"%s\" is not supported by"
                + " this implementation")
            .formatted(primary));
  }

  /**
   * The number in the form of the picture.
   *
   * @param number without a fraction
   */
  String format(double number, Budget budget) {
    double value = Math.abs(number);
    String text =
        switch (form) {
          case DECIMAL -> decimal(value, budget);
          case LETTERS -> letters(value);
          case ROMAN -> roman(value, budget);
          case WORDS -> inWords(value, false, ordinal, budget);
          case SEQUENCE -> throw unsupported();
        };
    if (form == Form.WORDS || form == Form.ROMAN) {
      text =
          switch (letterCase) {
            case UPPER -> text.toUpperCase(Locale.ROOT);
            case LOWER -> lower(text);
            case TITLE -> text;
          };
    }
    return number < 0 ? "-" + text : text;
  }

  private String decimal(double value, Budget budget) {
    String latin = Numbers.text(value);
    budget.take(2.0 * Math.max(0, mandatoryDigits - latin.length()));
    String padded = "0".repeat(Math.max(0, mandatoryDigits - latin.length())) + latin;
    StringBuilder text = new StringBuilder();
    padded.chars().forEach(c -> text.appendCodePoint(c + zero - '0'));
    if (regular > 0) {
      for (int at = text.length() - regular; at > 0; at -= regular) {
        text.insert(at, mark());
        budget.step();
      }
    } else {
      for (Separator separator : separators.reversed()) {
        text.insert(
            Math.clamp((long) text.length() - separator.position(), 0, text.length()),
            separator.mark());
      }
    }
    return ordinal ? text + suffix(text) : text.toString();
  }

  private static String suffix(CharSequence digits) {
    int last = digits.length() - 1;
    boolean teen = last > 0 && digits.charAt(last - 1) == '1';
    return switch (teen ? '0' : digits.charAt(last)) {
      case '1' -> "st";
      case '2' -> "nd";
      case '3' -> "rd";
      default -> "th";
    };
  }

  private String letters(double value) {
    StringBuilder text = new StringBuilder();
    char first = letterCase == Case.UPPER ? 'A' : 'a';
    for (double rest = value;
        rest > 0 && Double.isFinite(rest);
        rest = Math.floor((rest - 1) / 26)) {
      text.append((char) ((rest - 1) % 26 + first));
    }
    return text.reverse().toString();
  }

  private static String roman(double value, Budget budget) {
    StringBuilder text = new StringBuilder();
    double rest = value;
    for (int i = 0; i < ROMAN.length; i++) {
      for (; rest >= ROMAN_VALUES[i]; rest -= ROMAN_VALUES[i]) {
        budget.take(2);
        budget.step();
        text.append(ROMAN[i]);
      }
    }
    return text.toString();
  }

  private static String inWords(double value, boolean continued, boolean ordinal, Budget budget) {
    budget.enterValue();
    String words;
    if (value <= 19) {
      words = (continued ? " and " : "") + (ordinal ? ORDINALS : FEW).get((int) value);
    } else if (value < 100) {
      words = (continued ? " and " : "") + DECADES.get((int) (value / 10) - 2);
      if (value % 10 > 0) {
        words += "-" + inWords(value % 10, false, ordinal, budget);
      } else if (ordinal) {
        words = words.substring(0, words.length() - 1) + "ieth";
      }
    } else if (value < 1000) {
      words = (continued ? ", " : "") + FEW.get((int) (value / 100)) + " Hundred";
      words += rest(value % 100, ordinal, budget);
    } else {
      int magnitude = (int) Math.min(Math.floor(Math.log10(value) / 3), MAGNITUDES.size());
      double factor = Math.pow(10, magnitude * 3.0);
      double many = Math.floor(value / factor);
      words =
          (continued ? ", " : "")
              + inWords(many, false, false, budget)
              + " "
              + MAGNITUDES.get(magnitude - 1)
              + rest(value - many * factor, ordinal, budget);
    }
    budget.leaveValue();
    return words;
  }

  private static String rest(double value, boolean ordinal, Budget budget) {
    return value > 0 ? inWords(value, true, ordinal, budget) : ordinal ? "th" : "";
  }

  /**
   * A regular expression for what this makes.
   *
   * @param digits how many digits there are; -1 for any number
   */
  String regex(int digits) {
    return switch (form) {
      case LETTERS -> letterCase == Case.UPPER ? "[A-Z]+" : "[a-z]+";
      case ROMAN -> letterCase == Case.UPPER ? "[MDCLXVI]+" : "[mdclxvi]+";
      case WORDS ->
          WORDS.keySet().stream()
              // The longest first, as those that begin alike are alternatives.
              .sorted((one, other) -> other.length() - one.length())
              .collect(Collectors.joining("|", "(?:", "|and|[\\-, ])+"));
      case DECIMAL -> {
        String times =
            digits <= 0
                ? "+"
                : optionalDigits == 0
                    ? "{" + digits + "}"
                    : "{" + Math.max(0, digits - optionalDigits) + "," + digits + "}";
        yield "[0-9]" + times + (ordinal ? "(?:th|st|nd|rd)" : "");
      }
      case SEQUENCE -> throw unsupported();
    };
  }

  /** The number that a text in this form stands for; NaN if it stands for none. */
  double parse(String text, Budget budget) {
    budget.take(text.length());
    return switch (form) {
      case LETTERS -> fromLetters(text);
      case ROMAN -> fromRoman(letterCase == Case.UPPER ? text : text.toUpperCase(Locale.ROOT));
      case WORDS -> fromWords(lower(text));
      case DECIMAL -> fromDigits(text);
      case SEQUENCE -> throw unsupported();
    };
  }

  private double fromLetters(String text) {
    double value = 0;
    for (int i = 0; i < text.length(); i++) {
      int letter = text.charAt(text.length() - i - 1) - (letterCase == Case.UPPER ? 'A' : 'a') + 1;
      value += letter * Math.pow(26, i);
    }
    return value;
  }

  private static double fromRoman(String text) {
    double value = 0;
    int most = 1;
    for (int i = text.length() - 1; i >= 0; i--) {
      int digit = "IVXLCDM".indexOf(text.charAt(i));
      if (digit < 0) {
        return Double.NaN;
      }
      int worth = new int[] {1, 5, 10, 50, 100, 500, 1000}[digit];
      most = Math.max(most, worth);
      value += worth < most ? -worth : worth;
    }
    return value;
  }

  private static double fromWords(String text) {
    List<Double> segments = new ArrayList<>(List.of(0.0));
    for (String word : text.split(",\\s|\\sand\\s|[\\s\\\\-]", -1)) {
      double value = WORDS.getOrDefault(word, Double.NaN);
      double top = segments.removeLast();
      if (value < 100) {
        if (top >= 1000) {
          segments.add(top);
          top = 0;
        }
        segments.add(top + value);
      } else {
        segments.add(top * value);
      }
    }
    return segments.stream().mapToDouble(Double::doubleValue).sum();
  }

  private double fromDigits(String text) {
    String digits = ordinal ? text.substring(0, Math.max(0, text.length() - 2)) : text;
    if (regular > 0) {
      digits = digits.replace(",", "");
    } else {
      for (Separator separator : separators) {
        digits = digits.replace(separator.mark(), "");
      }
    }
    StringBuilder latin = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      latin.append((char) (digits.charAt(i) - zero + '0'));
    }
    return Numbers.leadingInteger(latin.toString());
  }
}
