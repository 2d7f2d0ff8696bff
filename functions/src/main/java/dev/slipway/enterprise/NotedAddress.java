package dev.slipway.enterprise;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.json.Json;
import java.util.Locale;

/**
 * An e-mail address in a task's notes: it is personal, and notes are kept, so they hold its hash.
 */
public final class NotedAddress {
  private NotedAddress() {}

  /** The hash of an address; upper and lower case make no difference. */
  public static String of(String email) {
    return Json.hash(new TextNode(email.toLowerCase(Locale.ROOT)));
  }
}
