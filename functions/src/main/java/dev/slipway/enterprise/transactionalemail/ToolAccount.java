package dev.slipway.enterprise.transactionalemail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.NextLook;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.mailtool.MailService;
import dev.slipway.systems.mailtool.MailService.SendingDomain;
import dev.slipway.systems.mailtool.MailTool;
import dev.slipway.systems.mailtool.MailTool.Standing;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.task.Acceptance;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An environment's account at a mail tool, its sub-account, its sending domain and its users. */
final class ToolAccount {
  private static final String SUB_ACCOUNT = "sub-account";
  private static final String DOMAIN = "domain";
  private static final String ADMINS = "mail-admins";

  private final Work work;
  private final MailTool tool;
  private final VendorAccount account;
  private final String domain;

  ToolAccount(Work work, MailTool tool) {
    this.work = work;
    this.tool = tool;
    this.account = new VendorAccount(work, tool.system(), MailTools.ELEMENT);
    this.domain = work.element(MailTools.ELEMENT).path("domain").asText();
  }

  /** The account is there, and its mails are sent. */
  Finding standing() {
    Standing standing = tool.standing();
    if (standing.isSuspended()) {
      throw unmet(
          "account-suspended",
          MailTools.ELEMENT,
          "The account sends nothing: " + standing.said() + ".",
          "Have %s activate it; then retry.".formatted(tool.against()));
    }
    return new Finding("account", tool.against(), standing.said());
  }

  /** The sub-account of the environment, if the environments are to be apart. */
  Optional<String> subAccountName() {
    boolean isApart = work.element(MailTools.ELEMENT).path("separate").asBoolean(true);
    return isApart && tool.service().isPresent()
        ? Optional.of(work.onboarding().toLowerCase(Locale.ROOT) + "-" + work.at("environment"))
        : Optional.empty();
  }

  Finding ensureSubAccount(String name) {
    MailService service = service();
    String id =
        account.ensure(
            SUB_ACCOUNT, () -> service.subAccount(name), () -> service.createSubAccount(name));
    return new Finding("sub-account", tool.against(), name + ", id " + id);
  }

  /** Its id, as the tool lists it. */
  Optional<String> subAccount() {
    return subAccountName().flatMap(name -> service().subAccount(name));
  }

  /** The domain is entered; a tool that forgets unverified ones is told again. */
  Finding ensureDomain() {
    MailService service = service();
    account.ensure(
        DOMAIN, () -> service.domain(domain).map(SendingDomain::name), () -> added(service).name());
    return new Finding(
        "sending domain",
        tool.against(),
        "%s: %s; wants %d record(s)".formatted(domain, domain().said(), domain().records().size()));
  }

  private SendingDomain added(MailService service) {
    try {
      return service.addDomain(domain);
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == SystemTrouble.Kind.WRONG_PLACE) {
        throw unmet(
            "domain-in-use",
            MailTools.ELEMENT + ".domain",
            "Another account sends from " + domain + ".",
            "Remove the domain there, or give another one; then retry.");
      }
      throw trouble;
    }
  }

  /** The records that the tool wants; of a mail server none. */
  List<DnsRecord> records() {
    return tool.service().isPresent() ? domain().records() : List.of();
  }

  private SendingDomain domain() {
    return service()
        .domain(domain)
        .orElseThrow(
            () ->
                unmet(
                    "domain-missing",
                    MailTools.ELEMENT + ".domain",
                    "The tool does not list the domain " + domain + ".",
                    "Retry: Slipway enters it again."));
  }

  /** The tool is asked to look; what takes it hours is looked at again. */
  Finding verified() {
    SendingDomain now = domain();
    if (!now.isVerified()) {
      now = service().verify(domain);
    }
    if (!now.isVerified()) {
      throw notVerified(now);
    }
    return verified(now);
  }

  /** The same, and asks for nothing. */
  Finding lookAtDomain() {
    SendingDomain now = domain();
    if (!now.isVerified()) {
      throw notVerified(now);
    }
    return verified(now);
  }

  private Finding verified(SendingDomain now) {
    return new Finding("sending domain", tool.against(), domain + " is verified: " + now.said());
  }

  private UnmetRequirement notVerified(SendingDomain now) {
    Instant again = NextLook.of(work, "verify:" + domain);
    return unmet(
            "domain-not-verified",
            MailTools.ELEMENT + ".domain",
            "The tool does not send for %s yet: %s.".formatted(domain, now.said()),
            "Its records are in DNS, so wait: it is looked at again at " + again + ".")
        .lookedAtAgain(again);
  }

  // --- users

  /** Who administers the tool: listed by it, or stated. */
  void users() {
    JsonNode people = work.element(ADMINS).path("people");
    if (people.isEmpty()) {
      work.step("users")
          .field(ADMINS)
          .machine(
              () ->
                  new Finding(
                      ADMINS,
                      tool.against(),
                      "nobody is named: " + work.element(ADMINS).path("reason").asText()));
      return;
    }
    var step = work.step("users").about(ADMINS).askedOf(MailTools.creator(work)).field(ADMINS);
    if (tool.users().isPresent()) {
      step.accepted(() -> listed(people));
    } else {
      step.attested();
    }
  }

  private Acceptance listed(JsonNode people) {
    Set<String> users =
        tool.users().orElseThrow().stream()
            .map(email -> email.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    List<String> missing =
        people
            .valueStream()
            .filter(each -> !users.contains(each.path("email").asText().toLowerCase(Locale.ROOT)))
            .map(each -> each.path("name").asText() + " <" + each.path("email").asText() + ">")
            .toList();
    return new Acceptance(
        new Finding(
            "users",
            tool.against(),
            "%d of %d listed".formatted(people.size() - missing.size(), people.size())),
        missing);
  }

  // --- put back

  /** Suspends the sub-account and removes the domain that this task made, if no mail was sent. */
  List<String> putBack(boolean wasUsed) {
    List<String> done = new ArrayList<>();
    account
        .made(SUB_ACCOUNT)
        .ifPresent(
            id -> {
              service().suspend(id);
              done.add("the sub-account is suspended, with its history");
            });
    if (account.made(DOMAIN).isPresent() && service().domain(domain).isPresent()) {
      boolean isRemoved = !wasUsed && service().removeDomain(domain);
      done.add(
          isRemoved
              ? domain + " is removed"
              : domain + " is left over: remove it by hand if nothing sends from it");
    }
    return done;
  }

  private MailService service() {
    return tool.service().orElseThrow();
  }

  private UnmetRequirement unmet(String code, String field, String message, String next) {
    return new UnmetRequirement(tool.system() + "." + code, tool.system(), field, message, next);
  }
}
