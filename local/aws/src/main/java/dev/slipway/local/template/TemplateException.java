package dev.slipway.local.template;

import java.nio.file.Path;

/**
 * The template, or a file it names, cannot be used. Says where: file, line (from 1) and resource.
 */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final int line;
  private final String resource;

  /**
   * @param resource the logical id, or an empty string where no resource is concerned
   */
  public TemplateException(Path file, int line, String resource, String problem) {
    super(
        "%s:%d: %s%s"
            .formatted(
                file.getFileName(), line, resource.isEmpty() ? "" : resource + ": ", problem));
    this.file = file;
    this.line = line;
    this.resource = resource;
  }

  /** The file in which the problem stands. */
  public Path file() {
    return file;
  }

  /** The line, counted from 1. */
  public int line() {
    return line;
  }

  /** The logical id of the resource, or an empty string. */
  public String resource() {
    return resource;
  }
}
