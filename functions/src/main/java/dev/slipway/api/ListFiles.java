package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Files.FileInfo;
import java.util.Comparator;
import java.util.List;

/**
 * {@code GET /onboardings/{onboarding}/files}: the files of the onboarding without their content,
 * oldest first.
 */
public final class ListFiles extends ApiFunction {
  /** For Lambda. */
  public ListFiles() {
    this(FunctionContext.lambda());
  }

  public ListFiles(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  /** The answer. */
  record Answer(List<FileInfo> files) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    return ApiAnswer.of(
        200,
        new Answer(
            call.context().files().list(call.onboarding().id()).stream()
                .sorted(Comparator.comparing(FileInfo::at).thenComparing(FileInfo::sha256))
                .toList()));
  }
}
