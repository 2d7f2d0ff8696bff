package dev.slipway.enterprise.infrastructure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.element.CheckBench;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.systems.fake.TestAuthority;
import dev.slipway.systems.fake.TestAuthority.Issued;
import dev.slipway.systems.fake.TestAuthority.Terms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** M05: what is told of certificates as they are saved. */
final class CertificateChecksTest {
  /** The bench's own. */
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final String ACM =
      """
      {"name":"web","source":"acm","covers":["*.uat.customer.example"]}""";
  private static final String PRODUCTION =
      """
      {"name":"web","source":"acm","covers":["*.customer.example"]}""";

  private final CheckBench bench =
      new CheckBench("enterprise-environment")
          .element(
              "component-hosts",
              """
              {"uat":{"mnohub":"hub.uat.customer.example","connec":"connec.uat.customer.example",
                "impac":"impac.uat.customer.example","nex":"nex.uat.customer.example"},
               "production":{"mnohub":"hub.customer.example","connec":"connec.customer.example",
                "impac":"impac.customer.example","nex":"nex.customer.example"}}""")
          .element(
              "tenants",
              """
              {"uat":{"count":1,"list":[{"name":"acme","title":"A","host":"a.uat.customer.example"}]},
               "production":{"count":1,"list":[{"name":"acme","title":"A","host":"a.customer.example"}]}}""");
  private final Issued root = TestAuthority.root("Test root", NOW);

  private List<ElementFinding> findings(String uat, String production) {
    return bench
        .element("certificates", "{\"uat\":[%s],\"production\":[%s]}".formatted(uat, production))
        .findings("certificates");
  }

  private static void only(String code, String field, List<ElementFinding> findings) {
    assertEquals(
        List.of(code + " " + field),
        findings.stream().map(each -> each.code() + " " + each.field()).distinct().toList(),
        findings::toString);
  }

  private Issued leaf(String... names) {
    return TestAuthority.server(root, Terms.of(NOW, Duration.ofDays(60)), names);
  }

  private String provided(String covers, Issued... chain) {
    String file = bench.file(TestAuthority.pem(chain).getBytes(StandardCharsets.UTF_8));
    return "{\"name\":\"web\",\"source\":\"provided\",\"covers\":[\"%s\"],\"chain\":\"%s\"}"
        .formatted(covers, file);
  }

  @Test
  void allHostsAreCovered() {
    assertEquals(List.of(), findings(ACM, PRODUCTION));
  }

  @Test
  void aHostThatIsNotCoveredIsNamed() {
    List<ElementFinding> findings =
        findings(ACM, PRODUCTION.replace("*.customer.example", "*.production.customer.example"));

    only("certificate.not-covered", "/production", findings);
    assertEquals(5, findings.size());
  }

  @Test
  void aWildcardCoversOneLabel() {
    List<ElementFinding> findings =
        findings(ACM.replace("*.uat.customer.example", "*.customer.example"), PRODUCTION);

    only("certificate.not-covered", "/uat", findings);
    assertTrue(findings.getFirst().message().contains("hub.uat.customer.example"));
  }

  @Test
  void twoThatCoverAHostAreTold() {
    only(
        "certificate.covered-twice",
        "/uat",
        findings(ACM + "," + ACM.replace("web", "hub").replace("*.uat", "hub.uat"), PRODUCTION));
  }

  @Test
  void aFileThatIsMissingOrWrongIsTold() {
    only(
        "certificate.no-file",
        "/uat/0/chain",
        findings(ACM.replace("acm", "provided"), PRODUCTION));
    bench.element("certificates", "{}");
    List<ElementFinding> incomplete =
        findings(provided("*.uat.customer.example", leaf("*.uat.customer.example")), PRODUCTION);
    only("certificate.chain-incomplete", "/uat/0", incomplete);
    assertTrue(incomplete.getFirst().message().contains("Test root"), incomplete::toString);
  }

  @Test
  void aProvidedOneMustBeForTheNamesThatItIsSaidToCover() {
    List<ElementFinding> findings =
        findings(
            provided("*.uat.customer.example", leaf("hub.uat.customer.example"), root), PRODUCTION);

    assertTrue(
        findings.stream()
            .anyMatch(each -> each.code().equals("certificate.not-covered") && each.isError()),
        findings::toString);
  }

  @Test
  void datesStrengthAndASharedKeyAreTold() {
    Terms weak = Terms.of(NOW, Duration.ofDays(20)).hash("SHA1");
    Issued uat = TestAuthority.server(root, weak, "*.uat.customer.example");
    Issued production =
        TestAuthority.server(
            root, Terms.of(NOW, Duration.ofDays(60)).keys(uat.keys()), "*.customer.example");

    List<String> codes =
        findings(
                provided("*.uat.customer.example", uat, root),
                provided("*.customer.example", production, root))
            .stream()
            .map(each -> each.code() + " " + each.field() + " " + each.isError())
            .toList();

    assertEquals(
        List.of(
            "certificate.private-authority /uat/0 false",
            "certificate.private-authority /production/0 false",
            "certificate.expires-soon /uat/0 false",
            "certificate.weak /uat/0 true",
            "certificate.shared-key /production/0 false"),
        codes);
  }

  @Test
  void namesAreToldApart() {
    only(
        "certificate.name-twice",
        "/uat/1/name",
        findings(ACM + "," + ACM.replace("*.uat", "*.other.uat"), PRODUCTION));
  }

  @Test
  void awsIssuesForAwsOnly() {
    bench.element("infrastructure", "{\"provider\":\"azure\"}");

    only("certificate.acm-without-aws", "/uat/0/source", findings(ACM, "").subList(0, 1));
  }
}
