package dev.slipway.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins ES modules into one script, so that a page is three requests and not fifteen, without a
 * build step. Each module becomes a function that is called once, after those that it imports, and
 * answers its exports; nothing is renamed or shortened.
 *
 * <p>It reads the part of the language that the pages use: {@code import {a, b as c} from 'x'},
 * {@code export function|class|const} at the beginning of a line, and {@code export {a as b}}. All
 * else is refused, so that nothing is joined wrongly.
 *
 * <pre>{@code
 * new Bundle(path -> read("web" + path)).of("/app/js/app.js")
 * }</pre>
 */
final class Bundle {
  private static final String NAMES = "\\{([^{}]*)}";
  private static final Pattern IMPORT =
      Pattern.compile("import\\s*" + NAMES + "\\s*from\\s*(['\"])([^'\"]+)\\2;?");
  private static final Pattern DECLARED =
      Pattern.compile("export ((?:async )?function|class|const) ([\\w$]+)");
  private static final Pattern LISTED = Pattern.compile("(^|;)export\\s*" + NAMES + "\\s*;?");
  private static final Pattern NAME =
      Pattern.compile("([\\p{Alpha}_$][\\w$]*)(?:\\s+as\\s+([\\p{Alpha}_$][\\w$]*))?");

  private final UnaryOperator<String> read;
  private final Map<String, Module> modules = new LinkedHashMap<>();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * @param read the text of a module by its path, such as {@code /app/js/app.js}; null if there is
   *     none
   */
  Bundle(UnaryOperator<String> read) {
    this.read = read;
  }

  private record Module(String variable, Set<String> exports, String body) {}

  /**
   * The script.
   *
   * @param entry the path of the module with which everything begins
   * @throws IllegalArgumentException if a module is missing, imports itself in a circle, imports a
   *     name that the other does not export, or uses a form that is not read; it says which
   */
  String of(String entry) {
    module(entry);
    StringBuilder script = new StringBuilder("'use strict';\n");
    modules.values().forEach(module -> script.append(module.body()));
    return script.toString();
  }

  private Module module(String path) {
    if (modules.containsKey(path)) {
      return modules.get(path);
    }
    if (open.contains(path)) {
      throw new IllegalArgumentException(path + ": is imported in a circle: " + open);
    }
    String text = read.apply(path);
    if (text == null) {
      throw new IllegalArgumentException(
          path + ": there is no such module, imported by " + open.peek());
    }
    open.push(path);
    Module module = joined(path, text.replace("\r\n", "\n"));
    open.pop();
    modules.put(path, module);
    return module;
  }

  /**
   * Line by line, and most lines as they are: a regular expression over the whole text would be a
   * fifth of a second of the function's start.
   */
  private Module joined(String path, String text) {
    Joining joining = new Joining(path, text.contains("export{") || text.contains("export {"));
    if (text.contains("import(") || text.contains("import.meta")) {
      throw joining.refused("import(…) or import.meta");
    }
    StringBuilder begun = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      if (!begun.isEmpty() || line.startsWith("import")) {
        begun.append(line).append('\n');
        if (line.indexOf(';') >= 0) {
          joining.imported(begun.toString().strip());
          begun.setLength(0);
        }
      } else {
        joining.line(line);
      }
    }
    return joining.module(begun.toString());
  }

  /** One module, as far as it was read. */
  private final class Joining {
    private final String path;
    private final boolean hasLists;
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private final Set<String> exports = new TreeSet<>();
    private final List<String> answered = new ArrayList<>();

    /**
     * @param hasLists whether it has exports in braces anywhere
     */
    Joining(String path, boolean hasLists) {
      this.path = path;
      this.hasLists = hasLists;
    }

    void imported(String statement) {
      Matcher found = IMPORT.matcher(statement);
      if (!found.lookingAt()) {
        throw refused(statement);
      }
      head.append(Bundle.this.imported(path, found.toMatchResult()));
      String rest = statement.substring(found.end());
      if (!rest.isBlank()) {
        line(rest);
      }
    }

    void line(String line) {
      int first = 0;
      while (first < line.length() && line.charAt(first) == ' ') {
        first++;
      }
      if (line.startsWith("//", first)) {
        return;
      }
      String left = line;
      if (line.startsWith("export ") && !line.startsWith("export {")) {
        Matcher declared = DECLARED.matcher(line);
        if (declared.lookingAt()) {
          export(path, exports, declared.group(2));
          answered.add(declared.group(2));
          left = line.substring("export ".length());
        }
      } else if (hasLists) {
        left = LISTED.matcher(line).replaceAll(this::listed);
      }
      if (left.startsWith("export")) {
        throw refused(left);
      }
      body.append(left).append('\n');
    }

    private String listed(MatchResult found) {
      for (Name name : names(path, found.group(2))) {
        export(path, exports, name.outside());
        answered.add(name.outside() + ": " + name.inside());
      }
      return found.group(1);
    }

    IllegalArgumentException refused(String statement) {
      return new IllegalArgumentException(
          path + ": only named imports and exports are joined, not `" + statement + "`");
    }

    /**
     * @param left an import without an end
     */
    Module module(String left) {
      if (!left.isEmpty()) {
        throw refused(left.strip());
      }
      String variable = "_" + modules.size();
      String script =
          String.join(
              "",
              "const ",
              variable,
              " = (() => {\n",
              head,
              body.toString().strip(),
              "\nreturn {",
              String.join(", ", answered),
              "};\n})();\n");
      return new Module(variable, exports, script);
    }
  }

  private static void export(String path, Set<String> exports, String name) {
    if (!exports.add(name)) {
      throw new IllegalArgumentException(path + ": exports `" + name + "` twice");
    }
  }

  private String imported(String path, MatchResult found) {
    String from = resolved(path, found.group(3));
    Module module = module(from);
    List<String> taken = new ArrayList<>();
    for (Name name : names(path, found.group(1))) {
      if (!module.exports().contains(name.inside())) {
        throw new IllegalArgumentException(
            path + ": " + from + " exports no `" + name.inside() + "`");
      }
      taken.add(
          name.inside().equals(name.outside())
              ? name.inside()
              : name.inside() + ": " + name.outside());
    }
    return "const {" + String.join(", ", taken) + "} = " + module.variable() + ";\n";
  }

  /** A library stands under its name; all else is relative to the module. */
  private static String resolved(String path, String name) {
    if (!name.startsWith(".")) {
      return "/vendor/" + name + ".js";
    }
    return java.net.URI.create(path).resolve(name).getPath();
  }

  /**
   * @param inside the name before {@code as}
   * @param outside the name after it
   */
  private record Name(String inside, String outside) {}

  private static List<Name> names(String path, String list) {
    List<Name> names = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      Matcher name = NAME.matcher(part.strip());
      if (name.matches()) {
        names.add(new Name(name.group(1), name.group(2) == null ? name.group(1) : name.group(2)));
      } else if (!part.isBlank()) {
        throw new IllegalArgumentException(path + ": `" + part.strip() + "` is no name");
      }
    }
    return names;
  }
}
