package dev.slipway.systems.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.TestAuthority;
import dev.slipway.systems.fake.TestAuthority.Issued;
import dev.slipway.systems.fake.TestAuthority.Terms;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The certificates that people hand over, good and bad. */
final class CertificateCheckTest {
  private static final String HOST = "hub.uat.customer.example";

  private final Instant now = Instant.now();
  private final Issued root = TestAuthority.root("Test root");
  private final Issued middle = TestAuthority.intermediate(root, "Test intermediate");
  private final List<X509Certificate> anchors = List.of(root.certificate());

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  private Issued leaf(Terms terms) {
    return TestAuthority.server(middle, terms, HOST);
  }

  private Terms good() {
    return Terms.of(now, days(60));
  }

  private CertificateCheck check(Issued... certificates) {
    return CertificateCheck.of(TestAuthority.pem(certificates));
  }

  private static void error(String code, List<CertificateFinding> findings) {
    found(code, true, findings);
  }

  private static void warning(String code, List<CertificateFinding> findings) {
    found(code, false, findings);
  }

  private static void found(String code, boolean isError, List<CertificateFinding> findings) {
    assertEquals(List.of("certificate." + code), findings.stream().map(f -> f.code()).toList());
    assertEquals(isError, findings.getFirst().isError(), findings::toString);
    assertTrue(findings.getFirst().message().length() > 10, findings::toString);
    assertTrue(findings.getFirst().nextStep().length() > 10, findings::toString);
  }

  @Test
  void aWholeChainHasNoFindings() {
    CertificateCheck check = check(leaf(good()), middle);

    assertEquals(List.of(), check.form(() -> anchors));
    assertEquals(List.of(), check.coverage(List.of(HOST)));
    assertEquals(List.of(), check.validity(now));
    assertEquals(List.of(), check.strength());
    assertTrue(check.summary().contains("by Test intermediate for " + HOST), check.summary());
    assertTrue(check.summary().contains(check.fingerprint()));
  }

  @Test
  void theRootMayBeThereAndIsNotPassedOn() {
    CertificateCheck check = check(leaf(good()), middle, root);

    assertEquals(List.of(), check.form(() -> anchors));
    assertEquals(TestAuthority.pem(middle).replaceAll("\\s", ""), plain(check.issuersPem()));
    assertEquals(3, check.chain().size());
  }

  private static String plain(String pem) {
    return pem.replaceAll("\\s", "");
  }

  @Test
  void theOrderIsMendedAndTold() {
    Issued leaf = leaf(good());
    CertificateCheck check = check(root, middle, leaf);

    warning("order", check.form(() -> anchors));
    assertEquals(leaf.certificate(), check.chain().getFirst());
    assertEquals(root.certificate(), check.chain().getLast());
  }

  @Test
  void aMissingIntermediateIsNamed() {
    List<CertificateFinding> findings = check(leaf(good())).form(() -> anchors);

    error("chain-incomplete", findings);
    assertTrue(findings.getFirst().message().contains("Test intermediate"));
  }

  @Test
  void anIntermediateOfTheSameNameIsNotTakenForTheIssuer() {
    error(
        "signature",
        check(leaf(good()), TestAuthority.intermediate(root, "Test intermediate"))
            .form(() -> anchors));
  }

  @Test
  void whatIsNotOfTheChainIsTold() {
    CertificateCheck check = check(leaf(good()), middle, TestAuthority.root("Another"));

    warning("not-of-chain", check.form(() -> anchors));
    assertEquals(2, check.chain().size());
  }

  @Test
  void aPrivateAuthorityIsTold() {
    warning("private-authority", check(leaf(good()), middle, root).form());
  }

  @Test
  void onlyCertificatesAreTaken() {
    String pem = TestAuthority.pem(leaf(good()), middle);

    error("not-pem", CertificateCheck.of("MIIB").form(() -> anchors));
    error(
        "private-key",
        CertificateCheck.of(pem + TestAuthority.pem(middle.keys())).form(() -> anchors));
    error(
        "other-block",
        CertificateCheck.of(pem + TestAuthority.pem("X509 CRL", new byte[9])).form(() -> anchors));
    error("unreadable", CertificateCheck.of(pem.replace("MII", "MIJ")).form(() -> anchors));
    assertFalse(CertificateCheck.of("").isReadable());
    assertEquals(List.of(), CertificateCheck.of("").validity(now));
  }

  @Test
  void textAroundTheBlocksIsIgnored() {
    String pem = "subject=CN = hub\n\n" + TestAuthority.pem(leaf(good())) + "issuer=\n";

    assertTrue(CertificateCheck.of(pem + TestAuthority.pem(middle)).form(() -> anchors).isEmpty());
  }

  @Test
  void aWildcardCoversOneLabel() {
    CertificateCheck check =
        check(TestAuthority.server(middle, good(), "*.uat.customer.example"), middle);

    assertEquals(
        List.of(), check.coverage(List.of("*.uat.customer.example", "HUB.uat.customer.example")));
    error("not-covered", check.coverage(List.of("a.b.uat.customer.example")));
    error("not-covered", check.coverage(List.of("uat.customer.example")));
    error("not-covered", check.coverage(List.of("*.apps.uat.customer.example")));
  }

  @Test
  void theDatesAreHeldAgainstToday() {
    error("expired", check(leaf(Terms.of(now, days(-1))), middle).validity(now.plus(days(1))));
    error("not-yet-valid", check(leaf(good()), middle).validity(now.minus(days(3))).subList(0, 1));
    error("expires-soon", check(leaf(Terms.of(now, days(6))), middle).validity(now));
    warning("expires-soon", check(leaf(Terms.of(now, days(29))), middle).validity(now));
    assertEquals(List.of(), check(leaf(Terms.of(now, days(31))), middle).validity(now));
    warning("too-long", check(leaf(Terms.of(now, days(398))), middle).validity(now));
    assertEquals(
        List.of(),
        check(leaf(Terms.of(now, days(397))), middle).validity(now).stream()
            .filter(finding -> finding.code().equals("certificate.too-long"))
            .toList());
  }

  @Test
  void anIntermediateThatEndsIsTold() {
    List<CertificateFinding> findings =
        check(leaf(Terms.of(now, days(300))), middle).validity(now.plus(days(100)));

    error("expired", findings);
    assertTrue(findings.getFirst().message().contains("Test intermediate"));
  }

  @Test
  void weakKeysAndSignaturesAreRefused() {
    error("weak", check(leaf(good().keys(TestAuthority.keys("RSA", 1024))), middle).strength());
    error("weak", check(leaf(good().hash("SHA1")), middle).strength());
    error("weak", check(leaf(good().keys(TestAuthority.keys("Ed25519", 255))), middle).strength());
    assertEquals(
        List.of(), check(leaf(good().keys(TestAuthority.keys("RSA", 2048))), middle).strength());
    assertEquals(
        List.of(), check(leaf(good().keys(TestAuthority.keys("EC", 384))), middle).strength());
  }

  @Test
  void itMustBeForServers() {
    error("not-for-servers", check(leaf(good().notForServers()), middle).strength());
  }

  @Test
  void anotherCertificateMayHaveTheSameKey() {
    CertificateCheck one = check(leaf(good()), middle);
    Terms sameKey = good().keys(leaf(good()).keys());

    assertTrue(check(leaf(sameKey), middle).sharesKeyWith(check(leaf(sameKey), middle)));
    assertFalse(one.sharesKeyWith(check(leaf(good()), middle)));
  }
}
