package dev.slipway.local.sandbox.platform;

import dev.slipway.local.sandbox.world.HttpCall;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code multipart/form-data} body (RFC 7578).
 *
 * @param fields the text fields
 * @param file the last part with a file name
 */
record Multipart(Map<String, String> fields, Optional<File> file) {

  /**
   * An uploaded file.
   *
   * @param name its name
   * @param content its bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, and too large to copy.
  record File(String name, byte[] content) {}

  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile("[; ]filename=\"([^\"]*)\"");

  /**
   * Reads a body.
   *
   * <p>The real uploader takes all that follows {@code boundary=} for the boundary, so a charset
   * parameter behind it breaks the upload with result 99 (seen on a public platform in 2026). So
   * does this.
   */
  static Multipart read(HttpCall call) {
    String type = call.header("content-type").orElse("");
    int at = type.indexOf("boundary=");
    if (at < 0) {
      return new Multipart(Map.of(), Optional.empty());
    }
    String boundary = "--" + type.substring(at + 9).replaceAll("^\"|\"$", "");
    // One char per byte, so that file contents survive the splitting.
    String body = new String(call.body(), StandardCharsets.ISO_8859_1);
    if (!body.contains(boundary)) {
      throw new PlatformException(
          PlatformException.INTERNAL,
          "java.lang.StringIndexOutOfBoundsException: start 0, end -1, length " + body.length());
    }
    Map<String, String> fields = new LinkedHashMap<>();
    Optional<File> file = Optional.empty();
    for (String part : body.split(Pattern.quote(boundary), -1)) {
      int blank = part.indexOf("\r\n\r\n");
      Matcher name = NAME.matcher(part);
      if (blank < 0 || !name.find()) {
        continue;
      }
      String content = part.substring(blank + 4, part.length() - 2);
      byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
      Matcher fileName = FILE_NAME.matcher(part.substring(0, blank));
      if (fileName.find()) {
        file = Optional.of(new File(fileName.group(1), bytes));
      } else {
        fields.put(name.group(1), new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return new Multipart(fields, file);
  }
}
