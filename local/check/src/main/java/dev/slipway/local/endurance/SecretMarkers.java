package dev.slipway.local.endurance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.run.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The secrets of a profile, searched for in files: as they are, in Base64, and as a URL or a JSON
 * text would have them. Nothing that the runtime keeps may show one; its own secrets are encrypted.
 */
final class SecretMarkers {
  /** Fields of credentials that are no secrets. */
  private static final Set<String> NAMES = Set.of("user", "accessKey");

  private final Map<String, String> forms = new HashMap<>();

  private SecretMarkers() {}

  /** The secrets among a profile's credentials. */
  static SecretMarkers of(Profile profile) {
    SecretMarkers markers = new SecretMarkers();
    profile
        .credentials()
        .forEach(
            (system, fields) ->
                fields.properties().stream()
                    .filter(field -> !NAMES.contains(field.getKey()))
                    .forEach(
                        field -> markers.add(system + "." + field.getKey(), field.getValue())));
    return markers;
  }

  private void add(String name, JsonNode value) {
    String secret = value.asText();
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    forms.put(latin(bytes), name);
    forms.put(Base64.getEncoder().withoutPadding().encodeToString(bytes), name);
    forms.put(java.net.URLEncoder.encode(secret, StandardCharsets.UTF_8), name);
    forms.put(secret.replace("/", "\\/"), name);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Names each file under a folder that shows a secret, and the secret's name, not its value. */
  List<String> shownIn(Path folder) throws IOException {
    List<String> shown = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = latin(Files.readAllBytes(file));
        forms.forEach(
            (form, name) -> {
              if (content.contains(form)) {
                shown.add(folder.relativize(file) + " shows " + name);
              }
            });
      }
    }
    return shown.stream().distinct().sorted().toList();
  }
}
