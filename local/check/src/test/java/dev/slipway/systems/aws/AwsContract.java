package dev.slipway.systems.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.aws.CertificateManager.Certificate;
import dev.slipway.systems.aws.IdentityCenter.Membership;
import dev.slipway.systems.aws.IdentityCenter.Person;
import dev.slipway.systems.aws.Organizations.Account;
import dev.slipway.systems.aws.Organizations.Creation;
import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.dns.HostedDns.Zone;
import dev.slipway.systems.fake.TestAuthority;
import dev.slipway.systems.fake.TestAuthority.Issued;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.tls.CertificateCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What the clients of AWS find, whoever plays AWS: the sandbox's stand-in in the build, and moto
 * under the profile {@code moto}. Each of both is held to what the other one does.
 */
interface AwsContract {

  /** Where Identity Center is. */
  String REGION = "eu-central-1";

  /** A session in a management account, in which these names are not taken yet. */
  AwsSession session();

  /** The role in the account that {@link #session} may assume. */
  String role();

  private IdentityCenter center() {
    return IdentityCenter.in(session(), REGION).orElseThrow();
  }

  @Test
  default void aSessionKnowsWhoItIsAndSoDoesTheRoleThatItAssumes() {
    AwsIdentity own = session().identity();
    assertTrue(own.account().matches("\\d{12}"), own::toString);
    AwsIdentity assumed = session().assume(role(), "a-session").identity();
    assertTrue(
        assumed.arn().matches("arn:aws:sts::\\d{12}:assumed-role/[\\w-]+/a-session"),
        assumed::toString);
    assertNotEquals(own.arn(), assumed.arn());
  }

  @Test
  default void anAccountIsMadeAndFoundByItsAddressInWhateverCase() {
    Organizations organizations = new Organizations(session());
    assertTrue(organizations.account("aws-uat@customer.example").isEmpty());
    Creation begun =
        organizations.create("aws-uat@customer.example", "acme-uat", Map.of("slipway", "acme/uat"));
    assertTrue(begun.id().matches("car-[a-z0-9]{8,32}"), begun::toString);
    Creation finished = organizations.creation(begun.id());
    assertEquals("SUCCEEDED", finished.state(), finished::toString);
    Account account = organizations.account("AWS-UAT@customer.example").orElseThrow();
    assertEquals(finished.account(), account.id());
    assertEquals("ACTIVE", account.status());
    assertEquals(account.id(), organizations.byId(account.id()).orElseThrow().id());
    assertTrue(organizations.creationUnderWay("acme-uat").isEmpty());
    assertTrue(organizations.byId("999988887777").isEmpty());
  }

  @Test
  default void aUserIsMadeOnceAndFoundByItsAddress() {
    IdentityCenter center = center();
    Person anna = new Person("Anna", "Admin", "anna@customer.example");
    assertTrue(center.user(anna.email()).isEmpty());
    String id = center.ensureUser(anna);
    assertEquals(id, center.ensureUser(anna));
    assertEquals(id, center.user(anna.email()).orElseThrow());
    center.deleteUser(id);
    center.deleteUser(id);
    assertTrue(center.user(anna.email()).isEmpty());
  }

  @Test
  default void twoUsersOfOneNameAreRefused() {
    IdentityCenter center = center();
    center.ensureUser(new Person("Eva", "One", "eva@customer.example"));
    AwsJson store = session().json(AwsJson.Service.IDENTITY_STORE, REGION);
    ObjectNode again =
        JsonNodeFactory.instance
            .objectNode()
            .put("IdentityStoreId", center.storeId())
            .put("UserName", "eva@customer.example")
            .put("DisplayName", "Eva");
    again.putObject("Name").put("GivenName", "Eva").put("FamilyName", "Two");
    again.putArray("Emails").addObject().put("Value", "eva@customer.example");
    SystemTrouble trouble =
        assertThrows(SystemTrouble.class, () -> store.change("CreateUser", again));
    assertEquals(Kind.REJECTED, trouble.kind());
    assertTrue(trouble.getMessage().contains("ConflictException"), trouble.getMessage());
  }

  @Test
  default void aUserJoinsAGroupOnceAndLeavesIt() {
    IdentityCenter center = center();
    String group = center.ensureGroup("slipway-uat-admins", "Made by a test");
    assertEquals(group, center.ensureGroup("slipway-uat-admins", "Made by a test"));
    String user = center.ensureUser(new Person("Ugo", "User", "ugo@customer.example"));
    center.join(group, user);
    center.join(group, user);
    List<Membership> members = center.members(group);
    assertEquals(List.of(user), members.stream().map(Membership::user).toList());
    center.leave(members.getFirst());
    assertEquals(List.of(), center.members(group));
    center.deleteGroup(group);
    assertTrue(center.group("slipway-uat-admins").isEmpty());
  }

  @Test
  default void aGroupGetsAPermissionSetInAnAccountAndLosesIt() {
    IdentityCenter center = center();
    String account = session().identity().account();
    String group = center.ensureGroup("slipway-uat-users", "Made by a test");
    String set = center.permissionSet("ReadOnlyAccess").orElseThrow();
    assertTrue(center.permissionSet("NoSuchSet").isEmpty());
    assertFalse(center.isAssigned(account, set, group));
    assertTrue(center.assign(account, set, group).isEmpty());
    assertTrue(center.isAssigned(account, set, group));
    center.unassign(account, set, group);
    assertFalse(center.isAssigned(account, set, group));
  }

  @Test
  default void aVpnConnectionThatIsNotThereIsNotFound() {
    assertTrue(VpnConnection.find(session(), REGION, "vpn-0123456789abcdef9").isEmpty());
  }

  @Test
  default void aZoneIsMadeAndItsRecordsAreChangedAllAtOnce() {
    Route53Dns dns = new Route53Dns(session());
    assertEquals(List.of(), dns.zones("contract.example"));
    Zone zone = dns.createZone("contract.example", "slipway-contract-1");
    assertEquals(List.of(zone), dns.zones("contract.example"));
    assertTrue(zone.nameServers().size() >= 2, zone::toString);
    DnsRecord hub = DnsRecord.alias("hub.contract.example", "lb-1.elb.amazonaws.com");
    DnsRecord apps = DnsRecord.alias("*.apps.contract.example", "lb-2.elb.amazonaws.com");
    String change = dns.change(zone, List.of(), List.of(hub, apps));
    assertTrue(dns.isInEffect(change));
    assertEquals(List.of(hub), dns.records(zone, "hub.contract.example"));
    assertEquals(List.of(apps), dns.records(zone, "*.apps.contract.example"));
    assertEquals(List.of(), dns.records(zone, "connec.contract.example"));
    assertFalse(dns.deleteIfEmpty(zone));
    DnsRecord address = DnsRecord.address("hub.contract.example", "203.0.113.9");
    dns.change(zone, List.of(hub), List.of(address));
    assertEquals(List.of(address), dns.records(zone, "hub.contract.example"));
    dns.change(zone, List.of(address, apps), List.of());
    assertTrue(dns.deleteIfEmpty(zone));
    assertEquals(List.of(), dns.zones("contract.example"));
  }

  @Test
  default void aCertificateIsRequestedOnceAndWaitsForItsRecords() {
    CertificateManager acm = new CertificateManager(session(), REGION);
    List<String> names = List.of("hub.contract.example", "*.apps.contract.example");
    assertTrue(acm.find(Set.copyOf(names)).isEmpty());
    String token = "0123456789abcdef0123456789abcdef";
    Map<String, String> tags = Map.of("slipway", "acme");
    String arn = acm.request(names, token, tags);
    assertEquals(arn, acm.request(names, token, tags));
    Certificate found = acm.find(Set.copyOf(names)).orElseThrow();
    assertEquals(arn, found.arn());
    assertEquals("PENDING_VALIDATION", found.status());
    assertEquals(2, found.validation().size(), found::toString);
    assertTrue(acm.find(Set.of("hub.contract.example")).isEmpty());
    assertTrue(acm.deleteUnused(arn));
    assertTrue(acm.lookFor(arn).isEmpty());
  }

  @Test
  default void aCertificateIsImportedAndFoundByItself() {
    CertificateManager acm = new CertificateManager(session(), REGION);
    Issued root = TestAuthority.root("Contract root");
    Issued leaf = TestAuthority.server(root, "web.contract.example");
    String pem = TestAuthority.pem(leaf);
    String key = TestAuthority.pem(leaf.keys());
    assertTrue(acm.findImported("web.contract.example", pem).isEmpty());
    String arn =
        acm.importCertificate(Optional.empty(), pem, key, TestAuthority.pem(root), Map.of());
    assertEquals(Optional.of(arn), acm.findImported("web.contract.example", pem));
    assertEquals(CertificateCheck.of(pem).fingerprint(), acm.fingerprint(arn));
    assertEquals("IMPORTED", acm.describe(arn).type());
    assertTrue(acm.deleteUnused(arn));
  }
}
