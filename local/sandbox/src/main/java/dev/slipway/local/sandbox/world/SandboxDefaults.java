package dev.slipway.local.sandbox.world;

/**
 * The names and credentials of a new sandbox world. They open nothing but the stand-ins: none is a
 * secret. Each credential exists in the form in which its vendor issues it.
 */
public final class SandboxDefaults {

  /** The platform's domain, delegated to the platform's own name servers. */
  public static final String PLATFORM_DOMAIN = "paas.hoster.example";

  /** The platform's API host. */
  public static final String PLATFORM_HOST = "app." + PLATFORM_DOMAIN;

  /** The domain of the platform's one region. */
  public static final String REGION_DOMAIN = "eu1." + PLATFORM_DOMAIN;

  /** The platform's version. */
  public static final String PLATFORM_VERSION = "8.11.2";

  /** A platform administrator's token with every permission. */
  public static final String PLATFORM_TOKEN = "5f1c0000000000000000000000000000000a11ce";

  /**
   * A platform administrator's token that may read everything, but neither change settings nor add
   * addresses.
   */
  public static final String RESTRICTED_PLATFORM_TOKEN = "5f1c0000000000000000000000000000000b0b00";

  /** A personal token of the platform's test end user. */
  public static final String TEST_CUSTOMER_TOKEN = "5f1c00000000000000000000000000000000c057";

  /** The test end user's login. */
  public static final String TEST_CUSTOMER_LOGIN = "test-customer@hoster.example";

  /** The test end user's password. */
  public static final String TEST_CUSTOMER_PASSWORD = "Try-0ut-the-platform";

  /** The platform administrator's login. */
  public static final String PLATFORM_ADMIN_LOGIN = "onboarding@hoster.example";

  /** The platform administrator's password. */
  public static final String PLATFORM_ADMIN_PASSWORD = "Run-the-platf0rm";

  /** The mail server: 587 with STARTTLS, 465 with TLS. */
  public static final String SMTP_HOST = "smtp.hoster.example";

  /** The domain that mail is sent from. */
  public static final String MAIL_DOMAIN = "hoster.example";

  /** The DKIM selector that is published. */
  public static final String DKIM_SELECTOR = "paas";

  /** The mail server's user. */
  public static final String SMTP_USER = "paas@hoster.example";

  /** The mail server's password. */
  public static final String SMTP_PASSWORD = "Deliver-the-mai1";

  /** The mail server's user as whom Slipway's own mails are handed in. */
  public static final String SLIPWAY_MAIL_USER = "slipway";

  /** The password of that user. */
  public static final String SLIPWAY_MAIL_PASSWORD = "Remind-the-pe0ple";

  /** The sender of Slipway's own mails. */
  public static final String SLIPWAY_MAIL_FROM = "slipway@slipway.example";

  /** A Docker Hub user on a paid plan. */
  public static final String DOCKER_USER = "hosterpaas";

  /** The paid user's access token. */
  public static final String DOCKER_TOKEN = "dckr_pat_0sandbox0paid0000000000000";

  /** A Docker Hub user on the free plan. */
  public static final String FREE_DOCKER_USER = "hosterfree";

  /** The free user's access token. */
  public static final String FREE_DOCKER_TOKEN = "dckr_pat_0sandbox0free0000000000000";

  /** Prometheus, behind Basic authentication. */
  public static final String PROMETHEUS_HOST = "prometheus.hoster.example";

  /** Alertmanager, behind the same Basic authentication. */
  public static final String ALERTMANAGER_HOST = "alertmanager.hoster.example";

  /** The user for Prometheus and Alertmanager. */
  public static final String MONITORING_USER = "slipway";

  /** The password for Prometheus and Alertmanager. */
  public static final String MONITORING_PASSWORD = "Watch-the-platf0rm";

  /** The S3-compatible store, path style. */
  public static final String S3_HOST = "s3.backup.example";

  /** Its region. */
  public static final String S3_REGION = "eu-central-1";

  /** Its bucket. */
  public static final String S3_BUCKET = "paas-backups";

  /** Its access key. */
  public static final String S3_ACCESS_KEY = "SANDBOXACCESSKEY0001";

  /** Its secret key. */
  public static final String S3_SECRET_KEY = "sandbox/secret+key/0000000000000000000001";

  /** The vendor's bucket with the platform's packages, at AWS. */
  public static final String PACKAGES_BUCKET = "vendor-packages";

  /** The access key that reads it. */
  public static final String PACKAGES_ACCESS_KEY = "AKIASANDBOXPACKAGES1";

  /** Its secret key. */
  public static final String PACKAGES_SECRET_KEY = "sandbox/packages+secret/0000000000000001";

  /** The WebDAV server; its collection is {@value #WEBDAV_PATH}. */
  public static final String WEBDAV_HOST = "dav.backup.example";

  /** The WebDAV collection for backups. */
  public static final String WEBDAV_PATH = "/backups/";

  /** The WebDAV user. */
  public static final String WEBDAV_USER = "paas-backup";

  /** The WebDAV password. */
  public static final String WEBDAV_PASSWORD = "Keep-the-backup5";

  /** The NFS export for the uploader; TCP port 2049 only. */
  public static final String UPLOADER_HOST = "uploader.hoster.example";

  /** The same mail server at an address that only the hoster's own network reaches. */
  public static final String INSIDE_SMTP_HOST = "smtp.inside.hoster.example";

  /** The same export at an address that only the hoster's own network reaches. */
  public static final String INSIDE_UPLOADER_HOST = "uploader.inside.hoster.example";

  /** The same Prometheus at an address that only the hoster's own network reaches. */
  public static final String INSIDE_PROMETHEUS_HOST = "prometheus.inside.hoster.example";

  /** The same S3-compatible store at an address that only the hoster's own network reaches. */
  public static final String INSIDE_S3_HOST = "s3.inside.hoster.example";

  /** The same WebDAV server at an address that only the hoster's own network reaches. */
  public static final String INSIDE_WEBDAV_HOST = "dav.inside.hoster.example";

  /** The external billing system, WHMCS, and its customers' portal. */
  public static final String BILLING_HOST = "billing.hoster.example";

  /** Another installation of an external billing system, HostBill; the same login as WHMCS. */
  public static final String HOSTBILL_HOST = "hostbill.hoster.example";

  /** Stripe's API. */
  public static final String STRIPE_HOST = "api.stripe.com";

  /** A secret key of Stripe's test mode. */
  public static final String STRIPE_KEY = "sk_test_S4ndb0x0000000000";

  /** The identifier of a WHMCS API credential. */
  public static final String BILLING_IDENTIFIER = "S4ndb0xIdentifier000000000000000";

  /** Its secret. */
  public static final String BILLING_SECRET = "S4ndb0xSecret0000000000000000000";

  /** The European Central Bank's web site. */
  public static final String RATES_HOST = "www.ecb.europa.eu";

  /** The hoster's public pages. */
  public static final String WEBSITE_HOST = "www.hoster.example";

  /** The hoster's support pages. */
  public static final String SUPPORT_HOST = "support.hoster.example";

  /** A Google Analytics measurement id that exists. */
  public static final String MEASUREMENT_ID = "G-5ANDB0X001";

  /** New Relic's user key in the region us. */
  public static final String NEW_RELIC_KEY = "NRAK-S4NDB0X00000000000000000000";

  /** The id of Sumo Logic's access key in the deployment eu. */
  public static final String SUMO_LOGIC_ID = "su5andb0xACCESS";

  /** Sumo Logic's access key. */
  public static final String SUMO_LOGIC_KEY =
      "S4ndb0xSumoLogicAccessKey00000000000000000000000000000000000000";

  /** The stack of Splunk Cloud. */
  public static final String SPLUNK_STACK = "acme";

  /** A token of Splunk Cloud's administrator. */
  public static final String SPLUNK_TOKEN = "eyJraWQiOiJzYW5kYm94In0.S4ndb0x.Splunk";

  /** The customer's own Splunk Enterprise; 8089 is its management port. */
  public static final String SPLUNK_HOST = "splunk.customer.example";

  /** Splunk Enterprise's user. */
  public static final String SPLUNK_USER = "slipway-at-splunk";

  /** Splunk Enterprise's password. */
  public static final String SPLUNK_PASSWORD = "Index-the-l0gs";

  /** Mandrill's key. */
  public static final String MANDRILL_KEY = "md-S4ndb0xMandrill0000";

  /** SparkPost's key in the region eu. */
  public static final String SPARKPOST_KEY = "54ndb0x5parkp05t0000000000000000000000ab";

  /** Mailgun's key in the region eu. */
  public static final String MAILGUN_KEY = "54ndb0x0000000000000000000000000-00000000-00000000";

  /** Braintree's merchant in its sandbox. */
  public static final String BRAINTREE_MERCHANT = "5andb0xmerchant1";

  /** Its public key. */
  public static final String BRAINTREE_PUBLIC_KEY = "5andb0xpub11ckey";

  /** Its private key. */
  public static final String BRAINTREE_PRIVATE_KEY = "5andb0x0pr1vate0key0000000000000";

  /** Braintree's live merchant. */
  public static final String BRAINTREE_LIVE_MERCHANT = "11vemerchant0001";

  /** Its public key. */
  public static final String BRAINTREE_LIVE_PUBLIC_KEY = "11vepub11ckey001";

  /** Its private key. */
  public static final String BRAINTREE_LIVE_PRIVATE_KEY = "11ve0pr1vate0key0000000000000001";

  /** The key of eWAY's live environment; the password is the sandbox's. */
  public static final String EWAY_LIVE_KEY =
      "70CF3C11veEway00000000000000000000000000000000000000000000001";

  /** The key of eWAY's sandbox. */
  public static final String EWAY_KEY =
      "60CF3C54ndb0xEway0000000000000000000000000000000000000000000";

  /** Its password. */
  public static final String EWAY_PASSWORD = "Take-the-m0ney";

  /** The app id of Open Exchange Rates. */
  public static final String EXCHANGE_RATES_ID = "5a4db0c50000000000000000000000a1";

  /** A key of Google Maps, for servers. */
  public static final String GOOGLE_MAPS_KEY = "AIza5andb0xGoogleMaps0000000000000000001";

  /** The vendor's site of Jira. */
  public static final String JIRA_HOST = "vendor.atlassian.example";

  /** An administrator of it. */
  public static final String JIRA_USER = "lead@vendor.example";

  /** The administrator's API token. */
  public static final String JIRA_TOKEN = "ATATT5andb0xJira0000000000000000000001";

  /** A client that is registered with every provider of connectors. */
  public static final String CONNECTOR_CLIENT = "5ANDB0XCL1ENT0000000000000000001";

  /** Another one, as each environment has one of its own; of the same secret. */
  public static final String OTHER_CONNECTOR_CLIENT = "5ANDB0XCL1ENT0000000000000000002";

  /** Their secret. */
  public static final String CONNECTOR_SECRET = "Connect-the-c0mpanies-0000000001";

  /** The id of Unleashed's keys. */
  public static final String UNLEASHED_ID = "5a4db0c5-0000-4000-8000-000000000001";

  /** The key of Unleashed. */
  public static final String UNLEASHED_KEY =
      "54ndb0xUnleashedKey0000000000000000000000000000000000000000000000==";

  /** The management account of the enterprise's AWS organization. */
  public static final String AWS_MANAGEMENT = "111122223333";

  /** The role in it that Slipway assumes. */
  public static final String AWS_ROLE = "arn:aws:iam::" + AWS_MANAGEMENT + ":role/slipway-access";

  /** An access key of the same account. */
  public static final String AWS_ACCESS_KEY = "AKIASANDBOX000000001";

  /** Its secret. */
  public static final String AWS_SECRET_KEY = "sandbox/aws+secret/000000000000000000001";

  /** The enterprise's directory in Microsoft Entra. */
  public static final String AZURE_TENANT = "0a0a0a0a-1111-2222-3333-000000000001";

  /** Its Azure subscription. */
  public static final String AZURE_SUBSCRIPTION = "0a0a0a0a-1111-2222-3333-000000000002";

  /** The application that may work in it. */
  public static final String AZURE_CLIENT = "0a0a0a0a-1111-2222-3333-000000000003";

  /** The application's secret. */
  public static final String AZURE_SECRET = "sand8~box.Azure-secret_0000000000000001";

  /** The secret that belongs to the key of Connec!. */
  public static final String CONNEC_SECRET = "s3cret-0f-c0nnec-00000000001";

  /** The user of Connec!'s page of jobs. */
  public static final String CONNEC_JOBS_USER = "connec-jobs";

  /** Its password. */
  public static final String CONNEC_JOBS_PASSWORD = "Watch-the-j0bs-0001";

  /** The secret that belongs to the key of an application's environment. */
  public static final String CONNECTOR_ENVIRONMENT_SECRET = "s3cret-0f-the-env-0000000001";

  private SandboxDefaults() {}

  /** The id by which a tenant speaks to the hub of an environment. */
  public static String hubTenantId(String environment, String tenant) {
    return "5andb0x-" + environment + "-" + tenant;
  }

  /** The key of that tenant. */
  public static String hubTenantKey(String environment, String tenant) {
    return "K3y-0f-the-tenant-" + tenant + "-in-" + environment + "-0000000001";
  }

  /** The id of an environment's app of Pusher. */
  public static String pusherApp(String environment) {
    return environment.equals("uat") ? "1000001" : "1000002";
  }

  /** Its key. */
  public static String pusherKey(String environment) {
    return "5andb0xpusherkey" + pusherApp(environment);
  }

  /** Its secret. */
  public static String pusherSecret(String environment) {
    return "5andb0xpushersecret" + pusherApp(environment);
  }

  /** The id of an environment's workspace at Intercom, in its region eu. */
  public static String intercomApp(String environment) {
    return environment.equals("uat") ? "cust0uat" : "cust0pro";
  }

  /** A token of that workspace. */
  public static String intercomToken(String environment) {
    return "dG9rOj" + intercomApp(environment) + "5andb0xIntercom0001=";
  }

  /** The key of an environment's Nex!. */
  public static String nexKey(String environment) {
    return "nex-K3y-0f-" + environment + "-000000000001";
  }

  /** The key of an environment's Connec!. */
  public static String connecKey(String environment) {
    return "c0nnec-K3y-" + environment + "-0000000001";
  }

  /** The key of an application's environment on the developer platform. */
  public static String connectorEnvironmentKey(String environment, String application) {
    return "env-K3y-" + application + "-" + environment + "-01";
  }
}
