package dev.slipway.local.sandbox.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import java.util.List;

/**
 * A platform right after its installation: reachable and healthy, with one region, and nothing of
 * what onboarding adds (mail settings of its own, external addresses, a Docker account, the
 * uploader's mount, backup storage).
 */
final class PlatformDefaults {

  private static final String SYSTEM_SETTINGS = "SYSTEM";

  private PlatformDefaults() {}

  static ObjectNode world() {
    ObjectNode part = Json.object();
    part.put("version", SandboxDefaults.PLATFORM_VERSION);
    part.put("nextId", 1000);
    users(part.putObject("users"));
    tokens(part.putObject("tokens"));
    part.putObject("sessions");
    region(part.putArray("regions").addObject());
    config(part.putObject("config"));
    part.putArray("applies");
    part.putArray("extIps");
    part.putArray("ipv6Networks");
    part.putObject("environments");
    part.putObject("docker").putNull("account");
    part.putObject("uploader").put("mounted", false).put("freeBytes", 300L << 30);
    ObjectNode backup = part.putObject("backup");
    backup.putNull("storage");
    backup.put("api", false);
    backup.putObject("copies");
    BillingAccounts.defaults(part);
    RegistrationMethods.defaults(part);
    part.set("dashboard", Dashboard.defaults());
    part.set("accounts", AccountMethods.defaults());
    part.set("mailTexts", MailTemplates.defaults());
    return part;
  }

  private static void users(ObjectNode users) {
    user(
        users,
        SandboxDefaults.PLATFORM_ADMIN_LOGIN,
        2,
        SandboxDefaults.PLATFORM_ADMIN_PASSWORD,
        List.of("*"));
    user(
        users,
        SandboxDefaults.TEST_CUSTOMER_LOGIN,
        101,
        SandboxDefaults.TEST_CUSTOMER_PASSWORD,
        customerPermissions());
  }

  private static void user(
      ObjectNode users, String login, int uid, String password, List<String> permissions) {
    ObjectNode user = users.putObject(login);
    user.put("uid", uid).put("email", login).put("password", password).put("status", 1);
    user.set("permissions", Json.texts(permissions));
  }

  private static void tokens(ObjectNode tokens) {
    token(
        tokens,
        SandboxDefaults.PLATFORM_TOKEN,
        SandboxDefaults.PLATFORM_ADMIN_LOGIN,
        List.of("*"),
        List.of());
    token(
        tokens,
        SandboxDefaults.RESTRICTED_PLATFORM_TOKEN,
        SandboxDefaults.PLATFORM_ADMIN_LOGIN,
        List.of("*"),
        List.of(
            "administration.config.ChangeConfigKey",
            "administration.config.ApplyConfig",
            "administration.cluster.AddExtIps",
            "administration.cluster.AddIpv6Network"));
    token(
        tokens,
        SandboxDefaults.TEST_CUSTOMER_TOKEN,
        SandboxDefaults.TEST_CUSTOMER_LOGIN,
        customerPermissions(),
        List.of());
  }

  private static void token(
      ObjectNode tokens,
      String token,
      String login,
      List<String> permissions,
      List<String> denied) {
    ObjectNode entry = tokens.putObject(token);
    entry.put("login", login).put("description", "Slipway");
    entry.set("permissions", Json.texts(permissions));
    entry.set("denied", Json.texts(denied));
  }

  static List<String> customerPermissions() {
    return List.of(
        "system.service.*",
        "users.*",
        "environment.*",
        "storage.*",
        "billing.account.GetAccount",
        "billing.account.GetAccountBillingHistoryByPeriod",
        "billing.integration.*");
  }

  private static void region(ObjectNode region) {
    region
        .put("id", 1)
        .put("uniqueName", "eu1")
        .put("displayName", "Europe 1")
        .put("domain", SandboxDefaults.REGION_DOMAIN)
        .put("isEnabled", true)
        .put("status", "ACTIVE")
        .put("subnet", "10.100.0.0/16");
    region
        .putArray("hardNodeGroups")
        .addObject()
        .put("id", 1)
        .put("uniqueName", "default_hn_group")
        .put("displayName", "Default")
        .put("isEnabled", true);
  }

  private static void config(ObjectNode config) {
    setting(config, "smtp.mail.host", "localhost");
    setting(config, "smtp.mail.port", "25");
    setting(config, "smtp.mail.user", "");
    setting(config, "smtp.mail.password", "");
    setting(config, "smtp.mail.ssl", "NONE");
    setting(config, "smtp.mail.from", "noreply@" + SandboxDefaults.PLATFORM_DOMAIN);
    setting(config, "smtp.mail.type", "SIMPLE");
    setting(config, "HOSTER_CURRENCY", "USD");
    setting(config, "HOSTER_CURRENCY_SIGN", "$");
    Dashboard.settings().forEach((key, value) -> setting(config, key, value));
  }

  private static void setting(ObjectNode config, String key, String value) {
    config
        .putObject(key)
        .put("type", SYSTEM_SETTINGS)
        .put("value", value)
        .put("applied", value)
        .put("default", value);
  }
}
