package dev.slipway.systems.platform;

import java.util.Optional;

/**
 * A system setting.
 *
 * @param type the group it belongs to; needed to change and to apply it
 * @param key its name, such as {@code smtp.mail.host}
 * @param value its present value, if it has one; may be a secret
 */
public record ConfigKey(String type, String key, Optional<String> value) {

  @Override
  public String toString() {
    return type + "/" + key;
  }
}
