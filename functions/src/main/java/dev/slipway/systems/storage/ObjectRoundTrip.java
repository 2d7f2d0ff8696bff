package dev.slipway.systems.storage;

import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.SystemTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** Put, get, compare, delete: the same for every kind of storage. */
final class ObjectRoundTrip {

  /** Sends one request about the object and returns an answer of 2xx, or throws. */
  @FunctionalInterface
  interface Requests {
    HttpAnswer send(String method, Bytes content);
  }

  private final Requests requests;

  ObjectRoundTrip(Requests requests) {
    this.requests = requests;
  }

  /** Never the same twice: an earlier attempt's object must not pass for the one written now. */
  static Bytes content() {
    return Bytes.of("Slipway was here: " + UUID.randomUUID());
  }

  StorageReport run(String object, Bytes content, OptionalLong freeBytes) {
    List<String> steps = new ArrayList<>();
    steps.add("PUT " + requests.send("PUT", content).status());
    try {
      HttpAnswer read = requests.send("GET", Bytes.NONE);
      if (!read.body().equals(content)) {
        throw read.trouble(
            SystemTrouble.Kind.NOT_UNDERSTOOD,
            read.call().against() + " gave back something other than what was written.");
      }
      steps.add("GET " + read.status() + ", same content");
    } catch (SystemTrouble trouble) {
      remove(trouble);
      throw trouble;
    }
    HttpAnswer gone = requests.send("DELETE", Bytes.NONE);
    // A bucket that keeps versions, as one with Object Lock does, hides the object only.
    boolean hidden = gone.header("x-amz-delete-marker").filter("true"::equals).isPresent();
    steps.add("DELETE " + gone.status() + (hidden ? ", older versions stay" : ""));
    return new StorageReport(object, steps, freeBytes);
  }

  private void remove(SystemTrouble because) {
    try {
      requests.send("DELETE", Bytes.NONE);
    } catch (SystemTrouble second) {
      // The first trouble is the one to report; that the probe object stays is part of it.
      because.addSuppressed(second);
    }
  }
}
