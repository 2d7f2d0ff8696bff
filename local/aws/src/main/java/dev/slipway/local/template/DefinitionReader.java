package dev.slipway.local.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads the definition of a state machine and makes its {@code DefinitionSubstitutions}. */
final class DefinitionReader {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");

  private final SourceTree source;

  DefinitionReader(SourceTree source) {
    this.source = source;
  }

  /**
   * @param file where the text stands
   */
  record Definition(String text, Path file) {}

  Definition read(Properties properties) {
    var uri = properties.text("DefinitionUri");
    Definition raw;
    if (uri.isPresent()) {
      var file = source.file().toAbsolutePath().resolveSibling(uri.get()).normalize();
      try {
        raw = new Definition(Files.readString(file), file);
      } catch (IOException e) {
        throw properties.problem("DefinitionUri", "cannot read '%s'".formatted(uri.get()));
      }
    } else if (properties.get("Definition").isObject()) {
      raw = new Definition(properties.get("Definition").toPrettyString(), source.file());
    } else {
      throw properties.problem("'DefinitionUri' is missing");
    }
    return new Definition(substitute(raw, properties), raw.file());
  }

  private static String substitute(Definition raw, Properties properties) {
    var values = properties.texts("DefinitionSubstitutions");
    var text = raw.text();
    var matcher = PLACEHOLDER.matcher(text);
    var result = new StringBuilder();
    int from = 0;
    while (matcher.find()) {
      var value = values.get(matcher.group(1));
      if (value == null) {
        int line =
            1 + (int) text.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
        throw properties.problem(
            "DefinitionSubstitutions",
            "no substitution for '%s' (%s:%d)"
                .formatted(matcher.group(), raw.file().getFileName(), line));
      }
      result.append(text, from, matcher.start()).append(value);
      from = matcher.end();
    }
    return result.append(text.substring(from)).toString();
  }
}
