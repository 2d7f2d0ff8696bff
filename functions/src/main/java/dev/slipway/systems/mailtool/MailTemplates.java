package dev.slipway.systems.mailtool;

import java.util.Map;
import java.util.Optional;

/**
 * The texts of the platform's mails at a template service, by the names that the platform sends.
 */
public interface MailTemplates {

  /** A mail's text; where it was never published, its draft. */
  Optional<MailTemplate> find(String name);

  /**
   * Adds a text, published.
   *
   * @throws dev.slipway.systems.net.SystemTrouble of kind {@code REJECTED} for what the service
   *     cannot read
   */
  void add(MailTemplate template);

  /** Replaces a text and publishes it; throws as {@link #add} does. */
  void replace(MailTemplate template);

  /** Deletes a text. */
  void delete(String name);

  /**
   * The HTML that a reader gets.
   *
   * @param variables name to value, without the service's own signs around the names
   */
  String render(String name, Map<String, String> variables);

  /**
   * The text of one mail.
   *
   * @param from the sender's address
   * @param text for readers without HTML; empty for none
   * @param isPublished whether it is sent; else it is a draft
   */
  record MailTemplate(
      String name, String from, String subject, String html, String text, boolean isPublished) {

    /** Whether it is sent, and says the same. */
    public boolean saysAs(MailTemplate other) {
      return isPublished == other.isPublished
          && subject.equals(other.subject)
          && html.strip().equals(other.html.strip())
          && text.strip().equals(other.text.strip());
    }
  }
}
