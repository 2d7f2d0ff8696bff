package dev.slipway.privacy;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the mailboxes in a text, such as {@code ann@hoster.example}. Reads each character at most
 * three times and keeps no stack, for the text is what people wrote and may be made to stop it.
 */
final class MailboxSearch {
  /** Of local part, at and domain; RFC 5321, section 4.5.3.1, lets no mailbox be longer. */
  private static final int LONGEST = 64 + 1 + 255;

  private MailboxSearch() {}

  /** Whether a text is one mailbox and nothing else. */
  static boolean isMailbox(String text) {
    return in(text).equals(List.of(text));
  }

  /** Those in a text, in its order. */
  static List<String> in(String text) {
    List<String> found = new ArrayList<>();
    int free = 0;
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      int from = at;
      while (from > free && isOfLocalPart(text.charAt(from - 1))) {
        from--;
      }
      int end = endOfDomain(text, at + 1);
      if (from < at && end > at) {
        if (end - from <= LONGEST) {
          found.add(text.substring(from, end));
        }
        free = end;
      }
    }
    return found;
  }

  /** Behind two labels or more with a dot between each; before the text if there are fewer. */
  private static int endOfDomain(String text, int from) {
    int labels = 0;
    int end = from;
    for (int start = from; ; start = end + 1) {
      int to = start;
      while (to < text.length() && isOfLabel(text.charAt(to))) {
        to++;
      }
      if (to == start) {
        break;
      }
      labels++;
      end = to;
      if (end == text.length() || text.charAt(end) != '.') {
        break;
      }
    }
    return labels < 2 ? -1 : end;
  }

  private static boolean isOfLabel(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  }

  private static boolean isOfLocalPart(char c) {
    return isOfLabel(c) || "._%+'".indexOf(c) >= 0;
  }
}
