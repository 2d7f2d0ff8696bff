package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementLook;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.NameResolver;
import dev.slipway.systems.net.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The domains of people's e-mail addresses take mail: they have an MX record (M03, M35). */
public final class MailDomains implements ElementLook {
  private final FunctionContext context;

  /** With the resolver of this context. */
  public MailDomains(FunctionContext context) {
    this.context = context;
  }

  @Override
  public LookResult look(CheckSubject subject, LookContext place) {
    NameResolver names = context.egress().names();
    Map<String, Boolean> takesMail = new HashMap<>();
    List<ElementFinding> findings = new ArrayList<>();
    JsonNode people = subject.value();
    for (int i = 0; i < people.size(); i++) {
      String email = people.get(i).path("email").asText();
      String domain = email.substring(email.lastIndexOf('@') + 1);
      boolean takes = takesMail.computeIfAbsent(domain, each -> takesMail(names, each));
      if (!takes) {
        findings.add(
            ElementFinding.warning(
                "mail.no-mx",
                "/" + i + "/email",
                "The domain of this e-mail address has no mail server (MX record).",
                "See whether the address is written right; an invitation would not arrive."));
      }
    }
    return new LookResult.Seen(
        "the MX records of " + takesMail.size() + " domain(s)",
        takesMail.values().stream().filter(takes -> takes).count() + " take mail",
        findings);
  }

  /** A resolver that does not answer says nothing against a domain. */
  private static boolean takesMail(NameResolver names, String domain) {
    NameAnswer answer = names.lookup(domain, RecordType.MX);
    return answer.found()
        ? !answer.values().equals(List.of("0 ."))
        : answer.status() == NameAnswer.Status.FAILED;
  }
}
