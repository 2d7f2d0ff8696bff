package dev.slipway.privacy;

import java.util.HashMap;
import java.util.Map;

/**
 * Replaces texts by other texts: the longest first, never within a word. A tree of their characters
 * finds them, for people may write thousands of mailboxes into one text.
 */
final class TextReplacer {
  private final Map<Character, TextReplacer> next = new HashMap<>(2);

  /** The replacement of the text that ends here; null if none does. */
  private String instead;

  static TextReplacer of(Map<String, String> texts) {
    TextReplacer root = new TextReplacer();
    texts.forEach(
        (text, instead) -> {
          TextReplacer end = root;
          for (int at = 0; at < text.length(); at++) {
            end = end.next.computeIfAbsent(text.charAt(at), unknown -> new TextReplacer());
          }
          end.instead = instead;
        });
    return root;
  }

  String in(String text) {
    StringBuilder replaced = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int end = at == 0 || !isOfWord(text.codePointBefore(at)) ? end(text, at) : at;
      replaced.append(end == at ? text.substring(at, at + 1) : instead(text.substring(at, end)));
      at = Math.max(end, at + 1);
    }
    return replaced.toString();
  }

  /**
   * Of the longest text that begins here and ends before no word's character; else where it began.
   */
  private int end(String text, int from) {
    int end = from;
    TextReplacer node = this;
    for (int at = from; at < text.length(); at++) {
      node = node.next.get(text.charAt(at));
      if (node == null) {
        break;
      }
      boolean free = at + 1 == text.length() || !isOfWord(text.codePointAt(at + 1));
      end = node.instead != null && free ? at + 1 : end;
    }
    return end;
  }

  private String instead(String known) {
    TextReplacer node = this;
    for (int at = 0; at < known.length(); at++) {
      node = node.next.get(known.charAt(at));
    }
    return node.instead;
  }

  private static boolean isOfWord(int character) {
    return Character.isLetter(character)
        || switch (Character.getType(character)) {
          case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
              true;
          default -> false;
        };
  }
}
