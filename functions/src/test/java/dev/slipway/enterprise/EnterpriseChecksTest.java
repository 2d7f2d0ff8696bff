package dev.slipway.enterprise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.element.CheckBench;
import dev.slipway.ledger.ElementFinding;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has the form that the schema asks for, and a task or a person would stumble over later. */
class EnterpriseChecksTest {
  private static final String ZONES =
      """
      {"provider": "aws", "account": "existing",
       "uat": {"region": "eu-central-1", "account": "111122223333"},
       "production": {"region": "eu-central-1", "account": "444455556666"},
       "dns": {"zones": [{"name": "uat.customer.example", "environment": "uat"}, {"name": "customer.example"}]}}
      """;

  private static final String TENANTS =
      """
      {"uat": {"count": 1, "list": [{"name": "acme", "host": "acme.uat.customer.example"}]},
       "production": {"count": 1, "list": [{"name": "acme", "host": "acme.customer.example"}]}}
      """;

  private static final String APPLICATIONS =
      """
      {"items": [{"nid": "xero", "environments": ["uat", "production"]}, {"nid": "vend"}]}
      """;

  private static final String FACTS =
      """
      {"xero": {"integration": "connec-connector"}, "vend": {"integration": "cloud-connector"}}
      """;

  /** Given beside the element, so that its checks have what they compare it with. */
  private final CheckBench bench =
      new CheckBench("enterprise-environment")
          .element("infrastructure", ZONES)
          .element("tenants", TENANTS)
          .element("applications", APPLICATIONS)
          .element("application-facts", FACTS)
          .element("mail-tool", "{\"tool\": \"smtp\", \"domain\": \"customer.example\"}")
          .element("payment", "{\"enabled\": false}")
          .element(
              "migration",
              "{\"wanted\": true, \"organisations\": [\"org-1\", \"org-2\"], \"cutOver\": {\"from\": \"2026-12-01T22:00:00Z\", \"to\": \"2026-12-02T02:00:00Z\"}}")
          .element("pusher", "{\"used\": false}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          infrastructure | infrastructure.account        | /account               | {"provider": "on-premise", "account": "new", "uat": {"region": "berlin"}, "production": {"region": "berlin"}}
          infrastructure | infrastructure.region-unknown | /uat/region            | {"provider": "azure", "account": "new", "uat": {"region": "eu-central-1"}, "production": {"region": "westeurope"}}
          infrastructure | infrastructure.account        | /uat/account           | {"provider": "aws", "account": "existing", "uat": {"region": "eu-central-1"}, "production": {"region": "eu-central-1", "account": "111122223333"}}
          infrastructure | infrastructure.account-twice  | /production/account    | {"provider": "aws", "account": "existing", "uat": {"region": "eu-central-1", "account": "111122223333"}, "production": {"region": "eu-west-1", "account": "111122223333"}}
          infrastructure | infrastructure.owner-missing  | /production/ownerEmail | {"provider": "aws", "account": "new", "uat": {"region": "eu-central-1", "ownerEmail": "a@customer.example"}, "production": {"region": "eu-central-1"}}
          infrastructure | infrastructure.owner-twice    | /production/ownerEmail | {"provider": "aws", "account": "new", "uat": {"region": "eu-central-1", "ownerEmail": "a@customer.example"}, "production": {"region": "eu-central-1", "ownerEmail": "A@customer.example"}}
          infrastructure | infrastructure.shared         | /sharedAccount         | {"provider": "aws", "account": "new", "sharedAccount": true, "uat": {"region": "eu-central-1", "ownerEmail": "a@customer.example"}, "production": {"region": "eu-central-1", "ownerEmail": "b@customer.example"}}
          vpn            | vpn.network-public            | /remoteCidrs/0         | {"kind": "ipsec", "gateway": "203.0.113.9", "remoteCidrs": ["0.0.0.0/0"], "vendorCidrs": []}
          vpn            | vpn.network-unreadable        | /vendorCidrs/0         | {"kind": "ipsec", "gateway": "vpn.customer.example", "remoteCidrs": ["10.20.0.0/16"], "vendorCidrs": ["10.99.0.0/40"]}
          vpn            | vpn.networks-overlap          | /vendorCidrs/0         | {"kind": "ipsec", "gateway": "203.0.113.9", "remoteCidrs": ["10.20.0.0/16"], "vendorCidrs": ["10.20.7.0/24"]}
          vpn            | vpn.gateway-private           | /gateway               | {"kind": "ipsec", "gateway": "10.0.0.1", "remoteCidrs": ["10.20.0.0/16"], "vendorCidrs": ["10.99.0.0/24"]}
          vpn            | vpn.missing                   | /connectionId          | {"kind": "aws-vpn", "gateway": "203.0.113.9", "remoteCidrs": ["10.20.0.0/16"], "vendorCidrs": ["10.99.0.0/24"]}
          infrastructure-users | people.twice            | /1/email               | [{"email": "anna@customer.example", "role": "admin"}, {"email": "Anna@customer.example", "role": "admin"}]
          infrastructure-users | people.no-admin         | ``                     | [{"email": "a@customer.example", "role": "admin", "environments": ["uat"]}, {"email": "b@customer.example", "role": "admin", "environments": ["uat"]}]
          infrastructure-users | ssh-key.unusable        | /1/sshKey              | [{"email": "a@customer.example", "role": "admin"}, {"email": "b@customer.example", "role": "admin", "sshKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnk"}]
          component-hosts | host.twice                   | /production/nex        | {"uat": {"mnohub": "hub.uat.customer.example"}, "production": {"nex": "hub.uat.customer.example"}}
          component-hosts | host.twice                   | /uat/impac             | {"uat": {"impac": "acme.uat.customer.example"}, "production": {}}
          component-hosts | host.outside-zones           | /uat/mnohub            | {"uat": {"mnohub": "hub.elsewhere.example"}, "production": {}}
          tenants        | tenants.count                 | /uat/count             | {"uat": {"count": 2, "list": [{"name": "acme", "host": "acme.uat.customer.example"}]}, "production": {"count": 0, "list": []}}
          tenants        | tenants.twice                 | /uat/list/1/name       | {"uat": {"count": 2, "list": [{"name": "acme", "host": "a.uat.customer.example"}, {"name": "acme", "host": "b.uat.customer.example"}]}, "production": {"count": 0, "list": []}}
          features       | tenant.unknown                | /tenants/bravo         | {"baseline": {}, "tenants": {"bravo": {}}, "kpis": false, "alerts": false}
          features       | features.no-marketplace       | /baseline/reviews      | {"baseline": {"reviews": true}, "kpis": false, "alerts": false}
          features       | features.payment              | /baseline/payment      | {"baseline": {"payment": true}, "kpis": false, "alerts": false}
          platform-admins | people.support-account       | /1/email               | [{"email": "anna@customer.example"}, {"email": "support@maestrano.com"}]
          tenant-admins  | tenant.unknown                | /bravo                 | {"acme": [{"email": "a@customer.example", "role": "admin"}], "bravo": [{"email": "b@customer.example", "role": "admin"}]}
          applications   | applications.twice            | /items/1/nid           | {"items": [{"nid": "xero", "tenants": "all"}, {"nid": "xero", "tenants": "all"}]}
          applications   | tenant.unknown                | /items/0/tenants/0     | {"items": [{"nid": "xero", "tenants": ["bravo"]}]}
          application-facts | facts.missing              | ``                     | {"xero": {"integration": "connec-connector"}}
          connec-keys@xero | approval.no-day             | /appliedOn             | {"partnerApproval": "applied"}
          connector-hosting | hosting.missing            | /connectors            | {"connectors": {}}
          connector-hosting | hosting.no-connector       | /connectors/xero       | {"connectors": {"vend": "maestrano", "xero": "maestrano"}}
          monitoring     | monitoring.missing            | /accountId             | {"system": "new-relic", "account": "existing"}
          logging        | logging.missing               | /link                  | {"system": "other", "name": "Graylog"}
          mail-tool      | mail-tool.missing             | /domain                | {"tool": "mandrill", "account": "new"}
          mail-tool      | mail-tool.port-25             | /port                  | {"tool": "smtp", "domain": "customer.example", "host": "smtp.customer.example", "port": 25, "security": "tls"}
          mail-admins    | mail-admins.missing           | /people                | {"people": []}
          mail-branding  | mail-branding.missing         | /by                    | {"wanted": true}
          onboarding-owner | onboarding-owner.missing    | /level1                | {"people": [], "sameForLevel1": false}
          platform-support | people.twice                | /escalation/1/email    | {"people": [{"email": "a@customer.example"}], "escalation": [{"email": "b@customer.example"}, {"email": "b@customer.example"}]}
          service-desk   | service-desk.missing          | /key                   | {"project": "new", "site": "vendor.atlassian.example", "lead": "lead@vendor.example"}
          intercom       | intercom.missing              | /appId                 | {"workspace": "existing", "region": "eu"}
          pusher         | pusher.missing                | /appId                 | {"used": true}
          pusher         | pusher.same-app               | /appId/production      | {"used": true, "appId": {"uat": "1000001", "production": "1000001"}}
          payment        | payment.missing               | /name                  | {"enabled": true, "system": "other", "link": "https://pay.customer.example/", "admin": "f@customer.example", "accounts": []}
          payment        | payment.default               | /accounts              | {"enabled": true, "system": "eway", "account": "new", "admin": "f@customer.example", "accounts": [{"currency": "AUD", "acct": "a", "default": false}]}
          migration      | migration.window-short        | /cutOver/to            | {"wanted": true, "requestedBy": "a@customer.example", "sourceTenant": "acme", "sourceEnvironment": "cloud", "organisations": "all", "cutOver": {"from": "2026-12-01T22:00:00Z", "to": "2026-12-01T23:00:00Z"}, "consent": {}, "after": "freeze"}
          migration-survey | survey.organisations        | /organisations         | {"organisations": 3, "bytes": 100, "freeBytes": 1000, "minutes": 90}
          migration-survey | survey.disk                 | /freeBytes             | {"organisations": 2, "bytes": 100, "freeBytes": 240, "minutes": 90}
          migration-survey | survey.window               | /minutes               | {"organisations": 2, "bytes": 100, "freeBytes": 1000, "minutes": 241}
          migration      | migration.no-consent          | /consent/destruction   | {"wanted": true, "requestedBy": "a@customer.example", "sourceTenant": "acme", "sourceEnvironment": "cloud", "organisations": "all", "cutOver": {"from": "2026-12-01T22:00:00Z", "to": "2026-12-02T02:00:00Z"}, "consent": {}, "after": "destroy", "graceDays": 30}
          """)
  void whatCannotStayIsAnError(String element, String code, String field, String value) {
    List<ElementFinding> errors =
        bench.element(element, value).findings(element).stream()
            .filter(ElementFinding::isError)
            .toList();

    assertEquals(1, errors.size(), errors.toString());
    assertEquals(code, errors.getFirst().code());
    assertEquals(field, errors.getFirst().field());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          infrastructure-users | people.one-admin        | [{"email": "anna@customer.example", "role": "admin"}]
          tenants        | tenants.no-twin               | {"uat": {"count": 0, "list": []}, "production": {"count": 1, "list": [{"name": "acme", "host": "acme.customer.example"}]}}
          features       | features.pusher               | {"baseline": {"impac": true}, "kpis": false, "alerts": false}
          platform-admins | platform-admins.one          | [{"email": "anna@customer.example"}]
          platform-admins | platform-admins.other-domain | [{"email": "anna@customer.example"}, {"email": "otto@elsewhere.example"}]
          application-facts | facts.unasked              | {"xero": {}, "vend": {}, "sage": {}}
          connec-keys@xero | approval.needed             | {"partnerApproval": "not-needed"}
          mail-admins    | mail-admins.one               | {"people": [{"email": "anna@customer.example"}]}
          payment        | payment.currency-unsupported  | {"enabled": true, "system": "eway", "account": "new", "admin": "f@customer.example", "accounts": [{"currency": "EUR", "acct": "a", "default": true}]}
          migration-survey | survey.shared-users         | {"organisations": 2, "sharedUsers": 4, "bytes": 100, "freeBytes": 1000, "minutes": 90}
          migration      | migration.window-past         | {"wanted": true, "requestedBy": "a@customer.example", "sourceTenant": "acme", "sourceEnvironment": "cloud", "organisations": "all", "cutOver": {"from": "2026-02-01T22:00:00Z", "to": "2026-02-02T02:00:00Z"}, "consent": {}, "after": "freeze"}
          """)
  void whatPeopleShouldKnowIsAWarning(String element, String code, String value) {
    List<ElementFinding> findings = bench.element(element, value).findings(element);

    assertEquals(List.of(code), findings.stream().map(ElementFinding::code).distinct().toList());
    assertEquals(ElementFinding.Weight.WARNING, findings.getFirst().weight());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          infrastructure | {"provider": "on-premise", "account": "existing", "uat": {"region": "berlin"}, "production": {"region": "berlin"}}
          infrastructure | {"provider": "azure", "account": "existing", "sharedAccount": true, "uat": {"region": "westeurope", "account": "0a0a0a0a-1111-2222-3333-000000000002"}, "production": {"region": "westeurope", "account": "0a0a0a0a-1111-2222-3333-000000000002"}}
          vpn            | {"kind": "ipsec", "gateway": "203.0.113.9", "remoteCidrs": ["10.20.0.0/16"], "vendorCidrs": ["10.21.0.0/16", "192.168.7.0/24"]}
          infrastructure-users | [{"email": "a@customer.example", "role": "admin", "sshKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl a@customer.example"}, {"email": "b@customer.example", "role": "admin"}]
          component-hosts | {"uat": {"mnohub": "hub.uat.customer.example", "nexApps": "*.apps.uat.customer.example"}, "production": {"mnohub": "hub.customer.example"}}
          tenants        | {"uat": {"count": 1, "list": [{"name": "acme", "host": "acme.uat.customer.example"}]}, "production": {"count": 1, "list": [{"name": "acme", "host": "acme.customer.example"}]}}
          features       | {"baseline": {"marketplace": true, "reviews": true, "payment": false}, "tenants": {"acme": {"questions": true}}, "kpis": false, "alerts": false}
          tenant-admins  | {"acme": [{"email": "a@customer.example", "role": "admin"}]}
          connector-hosting | {"connectors": {"vend": "maestrano"}}
          mail-admins    | {"people": [], "reason": "Our mail team does not name people."}
          mail-tool      | {"tool": "none"}
          migration      | {"wanted": false}
          """)
  void whatCanBeUsedIsAllRight(String element, String value) {
    assertEquals(List.of(), bench.element(element, value).findings(element));
  }

  // --- M09: features of a release's series

  @Test
  void aFeatureThatTheReleasesSeriesCannotSetIsTold() {
    bench.element("release", "{\"express\": {\"version\": \"3.3.3\"}}");
    String features =
        "{\"baseline\": {\"publicPages\": true, \"dock\": true}, \"kpis\": false, \"alerts\": false}";

    List<ElementFinding> findings = bench.element("features", features).findings("features");

    assertEquals(
        List.of("features.not-in-series /baseline/publicPages"),
        findings.stream().map(each -> each.code() + " " + each.field()).toList());
    bench.element("release", "{\"express\": {\"version\": \"4.2.1\"}}");
    assertEquals(List.of(), bench.element("features", features).findings("features"));
  }

  // --- M13: the look of a tenant

  @Test
  void aLookWhoseFilesAreNoImagesIsNotUsable() {
    String text = bench.file("no image".getBytes(StandardCharsets.UTF_8));
    List<ElementFinding> findings =
        bench
            .element(
                "tenant-look@acme",
                "{\"logo\": \"%s\", \"colours\": {\"main\": \"#FFEE00\"}, \"locales\": [\"xx\"], \"sender\": {\"email\": \"a@elsewhere.example\"}}"
                    .formatted(text))
            .findings("tenant-look@acme");

    assertEquals(
        List.of("look.no-image", "look.contrast", "look.sender-domain", "look.language-unknown"),
        findings.stream().map(ElementFinding::code).toList());
  }

  @Test
  void anImageSaysItsSizeInEachFormat() {
    byte[] jpeg = HexFormat.of().parseHex("ffd8ffe000044a46ffc0001108030004ff03012200");
    byte[] icon = new byte[38];
    System.arraycopy(new byte[] {0, 0, 1, 0, 2, 0, 16, 16}, 0, icon, 0, 8);
    icon[22] = 32;
    icon[23] = 48;
    List<ElementFinding> findings =
        bench
            .element(
                "tenant-look@acme",
                "{\"favicon\": \"%s\", \"loginBackground\": \"%s\"}"
                    .formatted(bench.file(icon), bench.file(jpeg)))
            .findings("tenant-look@acme");

    assertEquals(
        List.of("look.not-square", "look.too-narrow"),
        findings.stream().map(ElementFinding::code).toList());
    assertTrue(findings.getLast().message().contains("1279 pixels wide"), findings::toString);
  }

  // --- M47: the customer's own e-mails

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          unlock-instructions ; ``                             ; <p>Dear {{ first_name }}, <a href="{{unlock_link}}">unlock</a> {{#if last_name}}x{{/if}} {{end}}</p>
          invoice             ; ``                             ; <p>*|FIRST_NAME|* *|IF:CURRENCY|*x*|END:IF|* *|DATE:Y|* *|DASHBOARD_LINK|*</p>
          unlock-instructions ; mail-branding.link-missing     ; <p>Dear {{first_name}}</p>
          unlock-instructions ; mail-branding.variable-unknown ; <p><a href="{{unlock_link}}">{{price_cents}}</a></p>
          unlock-instructions ; mail-branding.html             ; <p><a href="{{unlock_link}}">unlock</p>
          """)
  void anEMailUsesTheVariablesThatThePlatformGivesIt(String mail, String code, String html) {
    List<ElementFinding> findings =
        bench
            .element(
                "mail-branding",
                "{\"wanted\": true, \"by\": \"vendor\", \"templates\": {\"%s\": {\"subject\": \"Hello\", \"html\": \"%s\"}}}"
                    .formatted(mail, bench.file(html.getBytes(StandardCharsets.UTF_8))))
            .findings("mail-branding");

    assertEquals(
        code.isEmpty() ? List.of() : List.of(code),
        findings.stream().map(ElementFinding::code).toList());
  }
}
