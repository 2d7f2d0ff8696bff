package dev.slipway.enterprise.datamigration;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Actor;
import java.nio.charset.StandardCharsets;

/** Keeps lists as files of an onboarding, so that people can read what they are asked about. */
@FunctionalInterface
interface ListArchive {
  /**
   * Keeps a list; the same twice is one file.
   *
   * @return its SHA-256 in hex
   */
  String keep(String onboarding, String name, String text);

  /** The files of the ledger. */
  static ListArchive of(FunctionContext context) {
    Actor actor = Actor.system("data-migration");
    return (onboarding, name, text) ->
        context
            .files()
            .keep(
                onboarding, text.getBytes(StandardCharsets.UTF_8), name, "application/json", actor)
            .sha256();
  }
}
