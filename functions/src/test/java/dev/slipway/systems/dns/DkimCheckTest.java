package dev.slipway.systems.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.dns.DomainFinding.Verdict;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DKIM keys as RFC 6376, 8301 and 8463 have them. */
class DkimCheckTest {

  private static final String NAME = "s1._domainkey.hoster.example";
  private static final byte[] KEY = rsa(2048);
  private static final String RSA = base64(KEY);
  private static final String SHORT = base64(rsa(512));
  private static final String MEDIUM = base64(rsa(1024));

  /** The public key of RFC 8463, appendix A. */
  private static final String ED25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  private final DnsZone zone = new DnsZone();

  @AfterEach
  void stop() {
    zone.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=DKIM1; k=rsa; p=RSA",
        "v=DKIM1; k=rsa; p = RSA ;",
        "' v = DKIM1 ;\tk = rsa ;  p =\tRSA'",
        "p=RSA",
        "k=rsa; p=RSA",
        "v=DKIM1; h=sha1 : sha256; s=* : other; t=s; n=our key; x=unknown; p=RSA",
        "v=DKIM1; s=email; p=RSA",
        "v=DKIM1; k=ed25519; p=ED25519",
      })
  void aKeyThatVerifiersCanUseIsGood(String record) {
    DomainFinding dkim = check(record);
    assertEquals(Verdict.GOOD, dkim.verdict(), dkim.message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=DKIM1; p=CUT | no public key that can be read",
        "v=DKIM1; k=rsa; p=PASTE-YOUR-KEY-HERE | not Base64",
        "v=DKIM1; k=rsa; p=SHORT | 512 bits",
        "v=DKIM1; p= | revoked",
        "v=DKIM1; k=rsa | no p=",
        "v=DKIM1; h=sha1; p=RSA | sha1 only",
        "v=DKIM1; s=other; p=RSA | service other only",
        "k=rsa; v=DKIM1; p=RSA | must begin with v=DKIM1",
        "v=DKIM2; p=RSA | must begin with v=DKIM1",
        "v=dkim1; p=RSA | must begin with v=DKIM1",
        "v=DKIM1 k=rsa; p=RSA | must begin with v=DKIM1",
        "v=DKIM1; k=dsa; p=RSA | k=dsa",
        "v=DKIM1; k=ed25519; p=RSA | no Ed25519 key",
        "v=DKIM1; p=ED25519 | no public key that can be read",
        "v=DKIM1; p=RSA; p=RSA | twice",
        "v=DKIM1;; p=RSA | nothing before the semicolon",
        "v=DKIM1; rsa; p=RSA | not of the form tag=value",
        "\"v=DKIM1; p=RSA\" | quotation marks",
      })
  void aKeyThatNobodyCanUseIsWrong(String record, String words) {
    DomainFinding dkim = check(record);
    assertEquals(Verdict.WRONG, dkim.verdict(), dkim.message());
    assertTrue(dkim.message().contains(words), dkim.message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=DKIM1; p=MEDIUM | 1024 bits: make one of 2048",
        "v=DKIM1; t=y:s; p=RSA | t=y",
        "v=DKIM1; p=BARE | bare RSAPublicKey",
      })
  void aKeyThatSomeReceiversDislikeIsAWarning(String record, String words) {
    DomainFinding dkim = check(record);
    assertEquals(Verdict.WARNING, dkim.verdict(), dkim.message());
    assertTrue(dkim.message().contains(words), dkim.message());
  }

  @Test
  void severalRecordsAreWrongForWhichOneCountsIsOpen() {
    zone.text(NAME, "v=DKIM1; p=").text(NAME, "v=DKIM1; k=ed25519; p=" + ED25519);
    DomainFinding dkim = look();
    assertEquals(Verdict.WRONG, dkim.verdict());
    assertTrue(dkim.message().contains("2 TXT records"), dkim.message());
  }

  @Test
  void anAliasIsFollowedAndNamedWhenItLeadsNowhere() {
    zone.with(NAME, "CNAME", "s1.relay.example.")
        .text("s1.relay.example", "v=DKIM1; k=ed25519; p=" + ED25519);
    assertEquals(Verdict.GOOD, look().verdict());
    try (DnsZone broken = new DnsZone().with(NAME, "CNAME", "gone.relay.example.")) {
      DomainFinding dkim = new DkimCheck(broken.names()).check("hoster.example", Optional.of("s1"));
      assertEquals(Verdict.MISSING, dkim.verdict());
      assertTrue(dkim.message().contains("alias of gone.relay.example"), dkim.message());
    }
  }

  @Test
  void otherTextAtItsNameIsNoKey() {
    zone.text(NAME, "v=spf1 -all");
    assertEquals(Verdict.MISSING, look().verdict());
  }

  private DomainFinding check(String record) {
    String text =
        record
            .replace("ED25519", ED25519)
            .replace("RSA", RSA)
            .replace("CUT", RSA.substring(0, 216))
            .replace("SHORT", SHORT)
            .replace("MEDIUM", MEDIUM)
            // The RSAPublicKey is the content of the BIT STRING, after 24 bytes of header.
            .replace("BARE", base64(Arrays.copyOfRange(KEY, 24, KEY.length)));
    zone.text(NAME, text.split("(?<=\\G.{200})", -1));
    return look();
  }

  private DomainFinding look() {
    return new DkimCheck(zone.names()).check("hoster.example", Optional.of("s1"));
  }

  private static byte[] rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair().getPublic().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
