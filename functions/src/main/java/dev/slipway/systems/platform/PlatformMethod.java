package dev.slipway.systems.platform;

import java.util.Locale;

/**
 * The methods that Slipway calls. A method's permission is written {@code area.service.Method}, and
 * that is also what error 8202 names.
 */
public enum PlatformMethod {
  /** The platform's version. */
  GET_VERSION("system", "service", "GetVersion", Probe.CALL, Source.CLIENT),
  /** State of the cluster; {@code checkSMTP=true} includes the platform's own mail check. */
  GET_CLUSTER_STATUS("administration", "cluster", "GetClusterStatus", Probe.CALL, Source.CLIENT),
  /** Hardware regions with their domains. */
  GET_REGIONS("administration", "cluster", "GetRegions", Probe.CALL, Source.CLIENT),
  /** System settings by name, with their type (group) and value. */
  GET_CONFIG_KEYS("administration", "config", "GetConfigKeys", Probe.CALL, Source.CLIENT),
  /** Sets one system setting; without effect until applied. */
  CHANGE_CONFIG_KEY(
      "administration", "config", "ChangeConfigKey", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /**
   * Applies the settings of one type and restarts the component. Never probed: nobody knows whether
   * leaving out the type would apply everything.
   */
  APPLY_CONFIG("administration", "config", "ApplyConfig", Probe.NEVER, Source.CLIENT),
  /** Adds a range of external IPv4 addresses to regions. */
  ADD_EXT_IPS("administration", "cluster", "AddExtIps", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** External addresses and whether they are free or busy. */
  GET_EXT_IP_POOL_INFO("administration", "cluster", "GetExtIpPoolInfo", Probe.CALL, Source.CLIENT),
  /** Result of the platform's own latest test pull, cached for 600 s. */
  GET_DOCKER_PULL_STATUS(
      "administration", "monitoring", "GetDockerPullStatus", Probe.CALL, Source.CLIENT),
  /** Sends one of the platform's mail templates to an address. */
  SEND_TEMPLATE_EMAIL("billing", "system", "SendEmail", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** Sends a free text mail through the platform. */
  SEND_EMAIL("message", "email", "Send", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** The user to whom the token belongs. */
  GET_USER_INFO("users", "account", "GetUserInfo", Probe.CALL, Source.CLIENT),

  /** The main currency. */
  GET_PLATFORM_CURRENCY("billing", "pricing", "GetPlatformCurrency", Probe.CALL, Source.CLIENT),
  /** The currencies that prices are shown in, with their rates. */
  GET_CURRENCIES("billing", "pricing", "GetCurrencies", Probe.CALL, Source.CLIENT),
  /** All tariffs. */
  GET_TARIFFS("billing", "pricing", "GetTariffsInner", Probe.CALL, Source.CLIENT),
  /** Adds a tariff. */
  ADD_TARIFF("billing", "pricing", "AddTariff", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** All pricing models with their tariffs. */
  GET_PRICING("billing", "pricing", "GetPricing", Probe.CALL, Source.CLIENT),
  /** Adds a pricing model. */
  ADD_PRICING("billing", "pricing", "AddPricing", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** All groups of customers. */
  GET_GROUPS("billing", "groupquota", "GetGroups", Probe.CALL, Source.CLIENT),
  /** Adds a group of customers. */
  ADD_GROUP("billing", "groupquota", "AddGroup", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** The pricing model of a group in each region. */
  GET_PRICING_MODELS(
      "billing", "groupquota", "GetPricingModels", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** Assigns pricing models to a group; the public client sends it as SetPricingModel too. */
  SET_PRICING_MODELS(
      "billing", "groupquota", "SetPricingModels", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** The external billing systems that are connected. */
  GET_EXTERN_BILLING_SYSTEMS(
      "billing", "account", "GetExternBillingSystems", Probe.CALL, Source.CLIENT),
  /** Accounts by a field. Never probed: without a filter it lists every customer. */
  GET_ACCOUNTS("billing", "account", "GetAccounts", Probe.NEVER, Source.CLIENT),
  /** Makes a trial account a commercial one. */
  CONVERT_TO_COMMERCIAL(
      "billing", "account", "ConvertToCommercial", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** Takes money off an account. Never probed, because it costs money. */
  CHARGE_ACCOUNT("billing", "account", "ChargeAccountByUid", Probe.NEVER, Source.CLIENT),
  /** Sets an account's status. Never probed, because it can stop a customer. */
  SET_ACCOUNT_STATUS("billing", "account", "SetAccountStatus", Probe.NEVER, Source.CLIENT),
  /** The usage of an account in a time (test customer). */
  GET_BILLING_HISTORY(
      "billing", "account", "GetAccountBillingHistoryByPeriod", Probe.NEVER, Source.CLIENT),
  /** A link for one use into the billing portal (test customer). */
  GET_SSO_URL("billing", "integration", "GetSSOUrl", Probe.NEVER, Source.CLIENT),
  /** Administrators, and their second factor. */
  GET_ADMIN_USERS_INFO("system", "admin", "GetAdminUsersInfo", Probe.CALL, Source.CLIENT),
  /** Makes a second factor mandatory for administrators. Never probed: it can lock out. */
  ENABLE_MANDATORY_2FA("system", "admin", "EnableMandatory2FA", Probe.NEVER, Source.CLIENT),
  /** The countries where activation by SMS is offered. */
  GET_SMS_LIST_DATA("users", "registration", "GetSmsListData", Probe.CALL, Source.CLIENT),
  /** Takes changed e-mail templates into use. Never probed: without parameters it does it. */
  REFRESH_EMAIL_TEMPLATES(
      "administration", "cluster", "RefreshEmailTemplates", Probe.NEVER, Source.CLIENT),

  /** Opens an account, and has it confirmed by e-mail (visitor). */
  CREATE_ACCOUNT("users", "registration", "CreateAccount", Probe.NEVER, Source.CLIENT),
  /** Whether an address is registered (visitor). */
  CHECK_EMAIL_REGISTRATION(
      "users", "registration", "CheckEmailRegistration", Probe.NEVER, Source.CLIENT),

  /** An environment and its containers (test customer). */
  GET_ENV_INFO("environment", "control", "GetEnvInfo", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** Creates an environment with a container (test customer). */
  CREATE_ENVIRONMENT(
      "environment", "control", "CreateEnvironment", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** Removes an environment (test customer). Never probed, because it destroys. */
  DELETE_ENV("environment", "control", "DeleteEnv", Probe.NEVER, Source.CLIENT),
  /** Attaches an external address to a container (test customer). */
  ATTACH_EXT_IP("environment", "binder", "AttachExtIp", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** Uploads an archive, multipart fields {@code session}, {@code fid}, {@code file}. */
  UPLOAD("storage", "uploader", "Upload", Probe.NEVER, Source.CLIENT),
  /**
   * The archives that were uploaded (test customer). Public clients use the name; whether it lists
   * what was uploaded but never deployed is assumed.
   */
  GET_ARCHIVES("environment", "deployment", "GetArchives", Probe.CALL, Source.UNVERIFIED),
  /** Writes a text file into a container (test customer). */
  WRITE_FILE("environment", "file", "Write", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** Reads a text file from a container (test customer). */
  READ_FILE("environment", "file", "Read", Probe.WITHOUT_PARAMETERS, Source.CLIENT),
  /** Backs a container up. No public name is known; a platform without it leaves it to a person. */
  BACK_UP("environment", "backup", "Create", Probe.NEVER, Source.UNVERIFIED),
  /** Restores a container. No public name is known, as with {@link #BACK_UP}. */
  RESTORE("environment", "backup", "Restore", Probe.NEVER, Source.UNVERIFIED);

  /** The way to test a permission without changing anything. */
  public enum Probe {
    /** It only reads: call it. */
    CALL,
    /** It writes, but cannot without its mandatory parameters: leave them out. */
    WITHOUT_PARAMETERS,
    /** Not even that is safe, or no name is known. */
    NEVER
  }

  /** The origin of the method's name. */
  public enum Source {
    /** A public client of the platform uses it. */
    CLIENT,
    /** Assumed; a platform may not know it. */
    UNVERIFIED
  }

  private final String area;
  private final String service;
  private final String method;
  private final Probe probe;
  private final Source source;

  PlatformMethod(String area, String service, String method, Probe probe, Source source) {
    this.area = area;
    this.service = service;
    this.method = method;
    this.probe = probe;
    this.source = source;
  }

  /** The permission's name, such as {@code administration.cluster.AddExtIps}. */
  public String permission() {
    return area + "." + service + "." + method;
  }

  /** The path below {@code /1.0/}. */
  public String path() {
    return area + "/" + service + "/rest/" + method.toLowerCase(Locale.ROOT);
  }

  /** How the permission is tested. */
  public Probe probe() {
    return probe;
  }

  /** The origin of the name. */
  public Source source() {
    return source;
  }
}
