package dev.slipway.systems.platform;

import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The platform's e-mail templates (row V10), with an administrator's token. No public method reads
 * or writes a template's text: a person enters it. Every method throws {@link SystemTrouble} as
 * {@link PlatformClient} does.
 */
public final class MailTemplatesClient {
  private final PlatformCalls calls;

  /**
   * A client of one platform.
   *
   * @param http the way out
   * @param base the API's base address, see {@link PlatformAddress}
   * @param token an administrator's personal token
   */
  public MailTemplatesClient(HttpPort http, URI base, String token) {
    this.calls = new PlatformCalls(http, "platform", base, token);
  }

  /** Scheme and host of the API. */
  public String against() {
    return calls.against();
  }

  /**
   * Takes the entered texts into use.
   *
   * @param modules names of the platform's modules, which are not public; without any the parameter
   *     is left out
   */
  public void refresh(Optional<String> modules) {
    calls.write(
        PlatformMethod.REFRESH_EMAIL_TEMPLATES,
        modules.map(names -> Map.of("modules", names)).orElse(Map.of()));
  }

  /** Has the platform send a template in a language; sent at least once, never silently not. */
  public void send(String template, String language, String to) {
    calls.write(
        PlatformMethod.SEND_TEMPLATE_EMAIL,
        Map.of("template", template, "email", to, "language", language));
  }
}
