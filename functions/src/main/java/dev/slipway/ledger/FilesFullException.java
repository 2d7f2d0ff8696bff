package dev.slipway.ledger;

/** An onboarding takes no more files: nothing was kept. */
public final class FilesFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FilesFullException(int files, long bytes) {
    super(files + " files with " + bytes + " bytes are there");
  }
}
