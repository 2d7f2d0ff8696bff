package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Files;
import dev.slipway.ledger.Files.FileInfo;
import dev.slipway.ledger.FilesFullException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.systems.tls.CertificateCheck;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code POST /onboardings/{onboarding}/files}: keeps a file that a person hands over, named by its
 * content. The same content kept twice is one file.
 */
public final class UploadFile extends ApiFunction {
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,64}/[A-Za-z0-9!#$&^_.+-]{1,64}");

  /** No folders, and nothing that could forge a line of a log or of a report. */
  private static final Pattern NAME = Pattern.compile("[^/\\\\\\p{Cntrl}\\uFFFD]{1,200}");

  /** For Lambda. */
  public UploadFile() {
    this(FunctionContext.lambda());
  }

  public UploadFile(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.openOnboarding();
    String mediaType =
        call.event()
            .header("content-type")
            .map(type -> type.replaceFirst(";.*", "").strip())
            .filter(type -> MEDIA_TYPE.matcher(type).matches())
            .orElseThrow(
                () ->
                    Refusal.of(400, "file.media-type", "Say with Content-Type what the file holds.")
                        .at("Content-Type"));
    String name = name(call.event().header("x-file-name"));
    byte[] content = call.event().bytes(Files.MAX_BYTES);
    requireNoPrivateKey(content);
    FileInfo file = keep(call, onboarding, content, name, mediaType);
    call.context()
        .auditTrail()
        .record(onboarding.id(), call.actor(), "file.kept", file.sha256(), name, null);
    return ApiAnswer.of(201, file);
  }

  /** A file is shown to whoever works on the onboarding; a key is for nobody's eyes. */
  private static void requireNoPrivateKey(byte[] content) {
    if (CertificateCheck.holdsPrivateKey(new String(content, StandardCharsets.ISO_8859_1))) {
      throw Refusal.of(
              422,
              "file.private-key",
              "The file holds a private key: nothing was kept. Hand over the certificates alone, and"
                  + " store the key as a credential.")
          .at("body");
    }
  }

  private static FileInfo keep(
      ApiCall call, Onboarding onboarding, byte[] content, String name, String mediaType) {
    try {
      return call.context().files().take(onboarding.id(), content, name, mediaType, call.actor());
    } catch (FilesFullException e) {
      throw Refusal.of(
              409,
              "files.full",
              "An onboarding takes %d files with %d MB together at most, and %s: nothing was kept. Put several into one, or use one that is there (GET /onboardings/{onboarding}/files)."
                  .formatted(Files.MOST_FILES, Files.MOST_BYTES / 1_000_000, e.getMessage()))
          .at("body");
    }
  }

  private static String name(Optional<String> header) {
    return header
        .map(UploadFile::decoded)
        .map(String::strip)
        .filter(name -> NAME.matcher(name).matches() && !name.matches("\\.+"))
        .orElseThrow(
            () ->
                Refusal.of(
                        400,
                        "file.name",
                        "Name the file with X-File-Name: 1 to 200 characters, without folders;"
                            + " percent-encode what is not ASCII.")
                    .at("X-File-Name"));
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
