package dev.slipway.systems.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The extensions that a server offers in its reply to EHLO (RFC 5321, section 4.1.1.1): the first
 * line greets and offers nothing, each other one names an extension.
 *
 * @param reply the reply itself
 * @param startTls whether the encryption can begin (RFC 3207)
 * @param mechanisms the ways to log in (RFC 4954), in capitals
 */
record SmtpExtensions(SmtpReply reply, boolean startTls, List<String> mechanisms) {

  SmtpExtensions {
    mechanisms = List.copyOf(mechanisms);
  }

  static SmtpExtensions of(SmtpReply hello) {
    boolean startTls = false;
    List<String> mechanisms = new ArrayList<>();
    for (String line : hello.lines().subList(1, hello.lines().size())) {
      // Before RFC 4954 servers wrote AUTH=LOGIN; some still write both forms.
      String[] words = line.toUpperCase(Locale.ROOT).strip().split("[ =]+", -1);
      if (words[0].equals("STARTTLS")) {
        startTls = true;
      } else if (words[0].equals("AUTH")) {
        mechanisms.addAll(List.of(words).subList(1, words.length));
      }
    }
    return new SmtpExtensions(hello, startTls, mechanisms.stream().distinct().toList());
  }
}
