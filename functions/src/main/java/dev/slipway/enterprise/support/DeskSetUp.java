package dev.slipway.enterprise.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.NotedAddress;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.systems.jira.Jira;
import dev.slipway.systems.jira.Jira.Project;
import dev.slipway.systems.jira.ServiceDesks;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The customer's project at a service desk, its organization and those who may open requests. */
final class DeskSetUp {
  private static final String AGENTS = "Service Desk Team";

  private final Work work;
  private final VendorAccount account;
  private final Jira jira;
  private final ServiceDesks desks;
  private final JsonNode element;
  private final String key;

  DeskSetUp(Work work, VendorAccount account, Jira jira) {
    this.work = work;
    this.account = account;
    this.jira = jira;
    this.desks = jira.desks();
    this.element = work.element(SetUpServiceDesk.ELEMENT);
    this.key = element.path("key").asText();
  }

  /** Makes the project, or brings the existing one in line. */
  Finding ensureProject() {
    Project wanted = new Project(key, name(), lead());
    if (element.path("project").asText().equals("new")) {
      account.ensure(
          "project", () -> jira.project(key).map(Project::key), () -> created(wanted).key());
    } else {
      Project present = jira.project(key).orElseThrow(this::missing);
      String name = element.path("name").asText(present.name());
      boolean isNamedOtherwise = account.isToChange("name", present.name(), name);
      boolean isLedByAnother = account.isToChange("lead", present.lead(), wanted.lead());
      if (isNamedOtherwise || isLedByAnother) {
        jira.updateProject(new Project(key, name, wanted.lead()));
      }
    }
    return project();
  }

  private Project created(Project wanted) {
    try {
      return jira.createProject(wanted);
    } catch (SystemTrouble trouble) {
      if (trouble.answered().contains("projectKey")) {
        throw unmet(
            "key-taken",
            SetUpServiceDesk.ELEMENT + ".key",
            "The key " + key + " is taken, by a project that the token's owner may not see.",
            "Give another key, or let the token's owner see that project; then retry.");
      }
      throw trouble;
    }
  }

  /** The project is there and is a service desk. */
  Finding project() {
    Project project = jira.project(key).orElseThrow(this::missing);
    String desk = desk();
    return new Finding(
        "GET project, servicedesk",
        jira.against(),
        "%s \"%s\", desk %s%s"
            .formatted(
                key,
                project.name(),
                desk,
                account.made("project").isPresent() ? ", made by this task" : ""));
  }

  /** One organization for the customer, whose members see each other's requests. */
  Finding ensureOrganization() {
    String id =
        account.ensure(
            "organisation",
            () -> desks.organization(organization()),
            () -> desks.createOrganization(organization()));
    String desk = desk();
    if (!desks.hasOrganization(desk, organization())) {
      desks.addOrganization(desk, id);
    }
    return new Finding("GET organization", jira.against(), organization() + " is at the desk");
  }

  Finding ensureCustomers() {
    String desk = desk();
    String organization = desks.organization(organization()).orElseThrow();
    requesters()
        .forEach(
            (email, name) -> {
              String customer =
                  account.ensure(
                      "account:" + NotedAddress.of(email),
                      () -> jira.accountId(email),
                      () -> desks.createCustomer(email, name));
              account.ensure(
                  "customer:" + NotedAddress.of(email),
                  () -> Optional.of(customer).filter(id -> desks.hasCustomer(desk, email, id)),
                  () -> {
                    desks.addCustomer(desk, customer);
                    return customer;
                  });
              if (!desks.isMember(organization, customer)) {
                desks.addMember(organization, customer);
              }
            });
    return customers();
  }

  /** Each requester is listed. */
  Finding customers() {
    String desk = desk();
    List<String> missing =
        requesters().keySet().stream().filter(email -> !isListed(desk, email)).toList();
    if (!missing.isEmpty()) {
      throw unmet(
          "customer-missing",
          "platform-support",
          "The desk does not list " + String.join(", ", missing) + ".",
          "Add them as customers of the project and as members of the organization.");
    }
    return new Finding(
        "GET servicedesk/customer", jira.against(), requesters().size() + " requester(s) listed");
  }

  private boolean isListed(String desk, String email) {
    return jira.accountId(email).filter(id -> desks.hasCustomer(desk, email, id)).isPresent();
  }

  /** Whoever answers requests has a seat, which costs money. */
  Finding agents() {
    List<String> agents = jira.inRole(key, AGENTS);
    if (agents.isEmpty()) {
      throw unmet(
          "no-agents",
          SetUpServiceDesk.ELEMENT,
          "Nobody has the role %s in the project %s.".formatted(AGENTS, key),
          "Give the agents their seats, and this role in the project.");
    }
    return new Finding("GET role", jira.against(), agents.size() + " agent(s)");
  }

  /** Takes back what this task has made; a project that is its own is left over, with requests. */
  Finding putBack() {
    List<String> done = new ArrayList<>();
    Optional<String> desk = desks.desk(key);
    for (String email : requesters().keySet()) {
      Optional<String> made = account.made("customer:" + NotedAddress.of(email));
      if (made.isPresent()
          && desk.isPresent()
          && desks.hasCustomer(desk.get(), email, made.get())) {
        desks.removeCustomer(desk.get(), made.get());
        done.add("a customer is removed");
      }
    }
    account
        .made("organisation")
        .filter(id -> desks.organization(organization()).filter(id::equals).isPresent())
        .ifPresent(
            id -> {
              desks.removeOrganization(id);
              done.add("the organisation is removed");
            });
    if (account.before("name").isPresent() || account.before("lead").isPresent()) {
      Project now = jira.project(key).orElseThrow(this::missing);
      jira.updateProject(
          new Project(
              key,
              account.before("name").orElse(now.name()),
              account.before("lead").orElse(now.lead())));
      done.add("the project has its old name and lead");
    }
    if (account.made("project").isPresent()) {
      done.add("the project " + key + " is left over: delete it by hand if it is empty");
    }
    return new Finding(
        "put back", jira.against(), done.isEmpty() ? "nothing was made" : String.join("; ", done));
  }

  private String desk() {
    return desks
        .desk(key)
        .orElseThrow(
            () ->
                unmet(
                    "no-desk",
                    SetUpServiceDesk.ELEMENT,
                    "The project " + key + " is no service desk.",
                    "Name a project of Jira Service Management; then retry."));
  }

  private UnmetRequirement missing() {
    return unmet(
        "project-missing",
        SetUpServiceDesk.ELEMENT,
        "There is no project " + key + ", or the token's owner may not see it.",
        "Make it, or correct the key; then retry.");
  }

  private static UnmetRequirement unmet(String code, String field, String message, String next) {
    return new UnmetRequirement("jira." + code, Jira.SYSTEM, field, message, next);
  }

  private String lead() {
    String email = element.path("lead").asText();
    return jira.accountId(email)
        .orElseThrow(
            () ->
                unmet(
                    "lead-unknown",
                    SetUpServiceDesk.ELEMENT + ".lead",
                    "The site has no user " + email + ", or hides the address.",
                    "Give a user of the site as lead; then retry."));
  }

  private String organization() {
    return work.element("platform-support").path("organisation").asText();
  }

  private String name() {
    return element.path("name").asText(organization());
  }

  /** Address to name: those who manage support, and the platform's administrators. */
  private Map<String, String> requesters() {
    Map<String, String> people = new LinkedHashMap<>();
    for (JsonNode list :
        List.of(work.element("platform-support").path("people"), work.element("platform-admins"))) {
      list.forEach(each -> people.put(each.path("email").asText(), each.path("name").asText()));
    }
    return people;
  }
}
