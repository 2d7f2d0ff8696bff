package dev.slipway.notice;

import software.amazon.awssdk.services.ses.SesClient;

/** Sends mails with SES. */
public final class SesMailer implements Mailer {
  private static final String CHARSET = "UTF-8";

  private final SesClient ses;
  private final String from;

  /**
   * @param from an address of an identity that SES has verified
   */
  public SesMailer(SesClient ses, String from) {
    this.ses = ses;
    this.from = from;
  }

  @Override
  public void send(Person to, String subject, String text) {
    ses.sendEmail(
        r ->
            r.source(from)
                .destination(d -> d.toAddresses(to.email()))
                .message(
                    m ->
                        m.subject(s -> s.charset(CHARSET).data(subject))
                            .body(b -> b.text(t -> t.charset(CHARSET).data(text)))));
  }
}
