package dev.slipway.local.asl.jsonata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The types of a function's arguments, such as {@code <s-nn?:s>}. Types are letters: {@code s}
 * string, {@code n} number, {@code b} boolean, {@code l} null, {@code a} array, {@code o} object,
 * {@code f} function; {@code m} is a missing value.
 */
final class Signature {
  private static final Map<String, String> PLURALS =
      Map.of(
          "a",
          "arrays",
          "b",
          "booleans",
          "f",
          "functions",
          "n",
          "numbers",
          "o",
          "objects",
          "s",
          "strings");

  private final List<Parameter> parameters = new ArrayList<>();
  private final String function;

  private static final class Parameter {
    final String types;
    final boolean array;
    final boolean typed;
    String elements;
    boolean context;
    boolean optional;
    boolean repeated;

    Parameter(String types, boolean array, boolean typed) {
      this.types = types;
      this.array = array;
      this.typed = typed;
    }

    boolean takes(char type) {
      return types.indexOf(type) >= 0;
    }
  }

  private Signature(List<Parameter> parameters, String function) {
    this.parameters.addAll(parameters);
    this.function = function;
  }

  /** The same, with the function's name for messages. */
  Signature named(String name) {
    return new Signature(parameters, name);
  }

  /** Fails with {@code S0401} or {@code S0402} if it is none. */
  static Signature parse(String text) {
    Signature signature = new Signature(List.of(), "");
    List<Parameter> parameters = signature.parameters;
    for (int at = 1; at < text.length() && text.charAt(at) != ':'; at++) {
      char symbol = text.charAt(at);
      Parameter last = parameters.isEmpty() ? null : parameters.getLast();
      switch (symbol) {
        case 's', 'n', 'b', 'l', 'o' -> parameters.add(new Parameter(symbol + "m", false, false));
        case 'a' -> parameters.add(new Parameter("asnblfom", true, true));
        case 'f' -> parameters.add(new Parameter("f", false, true));
        case 'j' -> parameters.add(new Parameter("asnblom", false, false));
        case 'x' -> parameters.add(new Parameter("asnblfom", false, false));
        case '-' -> {
          if (last != null) {
            last.context = true;
            last.optional = true;
          }
        }
        case '?' -> {
          if (last != null) {
            last.optional = true;
          }
        }
        case '+' -> {
          if (last != null) {
            last.repeated = true;
          }
        }
        case '(' -> {
          int end = closing(text, at, '(', ')');
          String choice = text.substring(at + 1, end);
          if (choice.indexOf('<') >= 0) {
            throw new JsonataException(
                "S0402", "Choice groups containing parameterized types are not supported");
          }
          parameters.add(new Parameter(choice + "m", false, false));
          at = end;
        }
        case '<' -> {
          if (last == null || !last.typed) {
            throw new JsonataException(
                "S0401", "Type parameters can only be applied to functions and arrays");
          }
          int end = closing(text, at, '<', '>');
          last.elements = text.substring(at + 1, end);
          at = end;
        }
        default -> {}
      }
    }
    return signature;
  }

  private static int closing(String text, int from, char open, char close) {
    int depth = 1;
    for (int at = from + 1; at < text.length(); at++) {
      if (text.charAt(at) == open) {
        depth++;
      } else if (text.charAt(at) == close && --depth == 0) {
        return at;
      }
    }
    return text.length();
  }

  static char type(Object value) {
    return switch (value) {
      case null -> 'm';
      case String ignored -> 's';
      case Double ignored -> 'n';
      case Boolean ignored -> 'b';
      case Null ignored -> 'l';
      case List<?> ignored -> 'a';
      case Callable ignored -> 'f';
      default -> 'o';
    };
  }

  /**
   * The arguments as the function takes them: the context value in the place of one that is
   * missing, and an array of one for a single value.
   */
  List<Object> validate(List<Object> arguments, Object context) {
    StringBuilder given = new StringBuilder();
    arguments.forEach(argument -> given.append(type(argument)));
    int[] counts = new int[parameters.size()];
    if (!matches(given, 0, 0, counts)) {
      throw mismatch("T0410", firstWrong(given), "does not match function signature");
    }
    List<Object> valid = new ArrayList<>(arguments.size() + 1);
    int next = 0;
    for (int i = 0; i < counts.length; i++) {
      Parameter parameter = parameters.get(i);
      if (counts[i] == 0) {
        if (!parameter.context) {
          valid.add(at(arguments, next));
          next++;
        } else if (parameter.takes(type(context))) {
          valid.add(context);
        } else {
          throw new JsonataException(
              "T0411",
              "Context value is not a compatible type with argument %d of function \"%s\""
                  .formatted(next + 1, function));
        }
      }
      for (int one = 0; one < counts[i]; one++, next++) {
        Object argument = at(arguments, next);
        valid.add(parameter.array ? array(parameter, argument, counts[i], next) : argument);
      }
    }
    return valid;
  }

  private static Object at(List<Object> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : null;
  }

  private boolean matches(CharSequence given, int at, int index, int[] counts) {
    if (index == counts.length) {
      return at == given.length();
    }
    Parameter parameter = parameters.get(index);
    int most = parameter.repeated ? given.length() - at : 1;
    int taken = 0;
    while (taken < most
        && at + taken < given.length()
        && parameter.takes(given.charAt(at + taken))) {
      taken++;
    }
    for (int least = parameter.optional ? 0 : 1; taken >= least; taken--) {
      counts[index] = taken;
      if (matches(given, at + taken, index + 1, counts)) {
        return true;
      }
    }
    return false;
  }

  /** The first argument that no reading of the signature takes. */
  private int firstWrong(CharSequence given) {
    int at = 0;
    for (Parameter parameter : parameters) {
      if (at < given.length() && parameter.takes(given.charAt(at))) {
        at++;
      } else if (!parameter.optional) {
        break;
      }
    }
    return at;
  }

  private Object array(Parameter parameter, Object argument, int count, int index) {
    if (argument == null) {
      return null;
    }
    char type = type(argument);
    if (parameter.elements != null) {
      boolean fits =
          type == 'a'
              ? hold((List<?>) argument, parameter.elements)
              : count == 1 && parameter.elements.equals(String.valueOf(type));
      if (!fits) {
        throw mismatch(
            "T0412",
            index,
            "must be an array of \"%s\"".formatted(PLURALS.get(parameter.elements)));
      }
    }
    return type == 'a' ? argument : new Items(List.of(argument));
  }

  private static boolean hold(List<?> list, String elements) {
    char wanted = elements.isEmpty() ? ' ' : elements.charAt(0);
    return list.stream().allMatch(element -> type(element) == wanted);
  }

  private JsonataException mismatch(String code, int index, String what) {
    return new JsonataException(
        code, "Argument %d of function \"%s\" %s".formatted(index + 1, function, what));
  }
}
