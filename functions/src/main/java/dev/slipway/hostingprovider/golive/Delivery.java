package dev.slipway.hostingprovider.golive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.notice.MailSender;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Delivers a text to the onboarding manager, by the channel named at intake: an e-mail by the
 * machine, any other way by a person. Whether a mail arrived cannot be looked up, so that one whose
 * sending was cut off is sent again.
 */
final class Delivery {
  private static final String FIELD = "onboarding-manager";
  private static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.REJECTED);

  private final Work work;
  private final MailSender post;

  Delivery(Work work, MailSender post) {
    this.work = work;
    this.post = post;
  }

  /**
   * Delivers once.
   *
   * @param content names what is delivered: other content is delivered again
   */
  void give(String step, String content, String subject, String text) {
    JsonNode manager = work.element(FIELD);
    String channel = manager.path("channel").asText().strip();
    String name = manager.path("name").asText();
    String key = Json.hash(Json.tree(List.of(step, content, name, channel))).substring(0, 16);
    About about = work.about().and("delivery", key);
    String material = "For " + name + ", by " + channel + ":";
    Function<Answer, Finding> byPerson =
        statement ->
            new Finding("delivery", channel, "delivered by a person, as stated: " + subject)
                .saidIn(statement);
    if (!isAddress(channel)) {
      work.step(step)
          .about(about)
          .material(material)
          .snippet("Text", text)
          .field(FIELD)
          .person(byPerson);
      return;
    }
    work.step(step)
        .about(about)
        .material(material)
        .snippet("Text", text)
        .field(FIELD + ".channel")
        .leftToPerson(LEFT_TO_PERSON)
        .machine(() -> sent(key, name, channel, subject, text))
        .orPerson(byPerson);
  }

  private Finding sent(String key, String name, String address, String subject, String text) {
    String note = "delivered:" + key;
    String at = work.once(note, note, () -> post.send(name, address, subject, text));
    return new Finding("ses:SendEmail", address, "accepted at " + at + ": " + subject);
  }

  private static boolean isAddress(String channel) {
    return channel.matches("[^\\s<>@\"]{1,64}@[A-Za-z0-9.-]{1,189}");
  }
}
