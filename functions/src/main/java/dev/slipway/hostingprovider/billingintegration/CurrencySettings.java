package dev.slipway.hostingprovider.billingintegration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.ConfigKey;
import dev.slipway.systems.platform.PlatformBilling;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The platform's main currency, and the two settings that are reported to hold it. One copy of the
 * vendor's guide names them and nothing confirms it; so they are tried only where the platform
 * lists them, and the platform's own statement of its currency is what counts.
 */
final class CurrencySettings {
  private static final String CURRENCY = "HOSTER_CURRENCY";
  private static final String SIGN = "HOSTER_CURRENCY_SIGN";

  private static final String WRITTEN = "written:";
  private static final String APPLIED_BY_MACHINE = "applied-by-machine:";

  private final Work work;
  private final PlatformClient platform;
  private final PlatformBilling billing;
  private final Map<String, String> wanted = new LinkedHashMap<>();

  CurrencySettings(Work work, PlatformClient platform, PlatformBilling billing) {
    this.work = work;
    this.platform = platform;
    this.billing = billing;
    JsonNode currency = work.element("currency");
    wanted.put(CURRENCY, currency.path("code").asText());
    if (currency.has("sign")) {
      wanted.put(SIGN, currency.path("sign").asText());
    }
  }

  /** The values that a statement "the currency is set" or "applied" is about. */
  About about() {
    return work.about("platform.domain", "currency.code", "currency.sign");
  }

  /** Writes what differs, unless the currency is as given. Without effect before it is applied. */
  Finding write() {
    if (toBeApplied() || billing.currency().equals(wanted.get(CURRENCY))) {
      return new Finding(
          PlatformMethod.GET_PLATFORM_CURRENCY.permission(),
          platform.against(),
          toBeApplied() ? "changed, not applied yet" : wanted.get(CURRENCY));
    }
    List<ConfigKey> listed = platform.configKeys(List.copyOf(wanted.keySet()));
    if (listed.stream().noneMatch(setting -> setting.key().equals(CURRENCY))) {
      throw new SystemTrouble(
          "platform",
          Kind.NOT_FOUND,
          "The platform does not offer its main currency as the setting " + CURRENCY + ".",
          PlatformMethod.GET_CONFIG_KEYS.permission(),
          platform.against(),
          "");
    }
    List<ConfigKey> differing =
        listed.stream()
            .filter(setting -> !setting.value().orElse("").equals(wanted.get(setting.key())))
            .toList();
    ObjectNode old = JsonNodeFactory.instance.objectNode();
    differing.forEach(setting -> old.put(setting.key(), setting.value().orElse(null)));
    work.remember(Note.Kind.PREVIOUS, change(), old);
    work.remember(
        Note.Kind.INTENT,
        change(),
        Json.tree(listed.stream().map(ConfigKey::type).distinct().toList()));
    differing.forEach(
        setting ->
            platform.changeConfigKey(setting.type(), setting.key(), wanted.get(setting.key())));
    String changed =
        "changed " + String.join(", ", differing.stream().map(ConfigKey::key).toList());
    work.remember(Note.Kind.RESOURCE, WRITTEN + number(), Json.tree(changed));
    return changed(changed);
  }

  private Finding changed(String what) {
    return new Finding(PlatformMethod.CHANGE_CONFIG_KEY.permission(), platform.against(), what);
  }

  private Finding applied() {
    return new Finding(
        PlatformMethod.APPLY_CONFIG.permission(), platform.against(), "applied the currency");
  }

  /**
   * The findings of a machine about the newest change that is over. Each is noted as it is done, so
   * that the evidence holds it even if the attempt is cut off.
   */
  List<Finding> done() {
    String last = String.valueOf(number() - 1);
    List<Finding> done = new ArrayList<>();
    work.remembered(Note.Kind.RESOURCE, WRITTEN + last)
        .ifPresent(what -> done.add(changed(what.asText())));
    work.remembered(Note.Kind.RESOURCE, APPLIED_BY_MACHINE + last)
        .ifPresent(at -> done.add(applied()));
    return done;
  }

  /** Whether a machine changed settings that are not applied yet. */
  boolean toBeApplied() {
    return work.remembered(Note.Kind.RESOURCE, WRITTEN + number()).isPresent();
  }

  /** Applies the change, which restarts a component. */
  Finding apply() {
    Optional<String> password =
        Optional.of(work.secret("platform").path("password").asText()).filter(p -> !p.isEmpty());
    work.remembered(Note.Kind.INTENT, change())
        .orElseThrow()
        .forEach(type -> platform.applyConfig(type.asText(), password));
    work.remember(Note.Kind.RESOURCE, APPLIED_BY_MACHINE + number(), Json.tree(work.now()));
    return applied();
  }

  /** Notes that a change, if one was begun, is over. */
  void over() {
    if (work.remembered(Note.Kind.INTENT, change()).isPresent()) {
      work.remember(Note.Kind.RESOURCE, "applied:" + number(), Json.tree(work.now()));
    }
  }

  /** Looks whether the platform reckons in the currency given. */
  Finding asGiven() {
    String present = billing.currency();
    if (!present.equals(wanted.get(CURRENCY))) {
      throw new UnmetRequirement(
          "currency.differs",
          "platform",
          "currency.code",
          "The platform reckons in " + present + ", not in " + wanted.get(CURRENCY) + ".",
          "Set the main currency in the admin panel and have it applied, or correct the element.");
    }
    return new Finding(
        PlatformMethod.GET_PLATFORM_CURRENCY.permission(), platform.against(), present);
  }

  private int number() {
    int number = 1;
    while (work.remembered(Note.Kind.RESOURCE, "applied:" + number).isPresent()) {
      number++;
    }
    return number;
  }

  private String change() {
    return "change:" + number();
  }
}
