package dev.slipway.local.stepfunctions;

import dev.slipway.local.asl.definition.StateMachine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A definition in Amazon States Language, as text and understood.
 *
 * @param hash of the text; an execution stays on the definition that it began with
 */
record Definition(String text, String hash, StateMachine stateMachine) {

  static Definition parse(String text) {
    return new Definition(text, hash(text), StateMachine.parse(text));
  }

  static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
