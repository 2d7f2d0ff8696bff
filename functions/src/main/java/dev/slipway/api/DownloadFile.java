package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Files;
import dev.slipway.ledger.Onboarding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code GET /onboardings/{onboarding}/files/{sha256}}: a file of the onboarding, byte for byte:
 * one that a person handed over, or that Slipway wrote itself, such as the hand-over pack.
 *
 * <p>It is answered as a download, never as a page: the giver names the file's type, and it must
 * not become a page of the API's origin.
 */
public final class DownloadFile extends ApiFunction {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** For Lambda. */
  public DownloadFile() {
    this(FunctionContext.lambda());
  }

  public DownloadFile(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    String sha256 = call.event().path("sha256");
    Files files = call.context().files();
    return Optional.of(sha256)
        .filter(name -> SHA256.matcher(name).matches())
        .flatMap(name -> files.info(onboarding.id(), name))
        .flatMap(info -> files.content(onboarding.id(), sha256).map(bytes -> file(info, bytes)))
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "file.unknown", "sha256", "This onboarding has no file of this SHA-256."));
  }

  private static ApiAnswer file(Files.FileInfo info, byte[] content) {
    String name = URLEncoder.encode(info.name(), StandardCharsets.UTF_8).replace("+", "%20");
    return ApiAnswer.bytes(200, content)
        .header("Content-Disposition", "attachment; filename*=UTF-8''" + name);
  }
}
