package dev.slipway.enterprise.transactionalemail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The variables that the platform gives each of its e-mails: mno-enterprise, {@code
 * api/lib/mno_enterprise/concerns/mailers/system_notification_mailer.rb} of 3.3 to 5.0. A text has
 * them as Mandrill writes them, {@code *|FIRST_NAME|*}, or as SparkPost does, {@code
 * {{first_name}}}.
 */
final class MergeVariables {
  private static final List<String> USER = List.of("first_name", "last_name", "full_name");

  private static final List<String> INVITATION =
      List.of(
          "organization",
          "team",
          "ref_first_name",
          "ref_last_name",
          "ref_full_name",
          "ref_email",
          "invitee_first_name",
          "invitee_last_name",
          "invitee_full_name",
          "invitee_email",
          "confirmation_link");

  private static final List<String> REQUESTED =
      List.of("requested_first_name", "requested_last_name");

  private static final Map<String, Set<String>> BY_MAIL =
      Map.ofEntries(
          Map.entry("confirmation-instructions", and(USER, "confirmation_link")),
          Map.entry("reconfirmation-instructions", and(USER, "confirmation_link")),
          Map.entry("email-change", and(USER, "unconfirmed_email")),
          Map.entry("reset-password-instructions", and(USER, "reset_password_link")),
          Map.entry("unlock-instructions", and(USER, "unlock_link")),
          Map.entry("password-change", and(USER)),
          Map.entry("organization-invite-new-user", and(INVITATION)),
          Map.entry("organization-invite-existing-user", and(INVITATION)),
          Map.entry("organization-invite-notification", and(INVITATION)),
          Map.entry("deletion-request-instructions", and(USER, "terminate_account_link")),
          Map.entry("registration-instructions", Set.of("registration_link")),
          Map.entry(
              "request-access",
              and(
                  USER,
                  "requester_first_name",
                  "requester_last_name",
                  "dashboard_link",
                  "platform")),
          Map.entry("access-denied", and(USER, REQUESTED.toArray(String[]::new))),
          Map.entry("access-approved", and(USER, REQUESTED.toArray(String[]::new))),
          Map.entry(
              "access-approved-all",
              and(USER, "requested_first_name", "requested_last_name", "access_duration")),
          Map.entry(
              "invoice",
              Set.of(
                  "first_name",
                  "started_at",
                  "ended_at",
                  "currency",
                  "price_cents",
                  "dashboard_link")));

  /** Sent from series 4 on. */
  private static final Set<String> OF_REQUESTS =
      Set.of(
          "request-access", "access-denied", "access-approved", "access-approved-all", "invoice");

  /** Mandrill: {@code *|NAME|*}, {@code *|IF:NAME|*}, {@code *|END:IF|*}, {@code *|DATE:Y|*}. */
  private static final Pattern MANDRILL =
      Pattern.compile("\\*\\|(?:(IF|IFNOT|ELSEIF):)?+([A-Za-z0-9_]++)([^|]*+)\\|\\*");

  /** SparkPost: {@code {{name}}}, {@code {{{name}}}}, {@code {{if name}}}, {@code {{end}}}. */
  private static final Pattern SPARKPOST =
      Pattern.compile("\\{\\{\\{?+\\s*+(?:(?:if|elseif|not|each)\\s++)*+([A-Za-z0-9_]++)");

  /** What the tools know themselves. */
  private static final Set<String> OF_TOOLS =
      Set.of("else", "end", "date", "current_year", "subject", "unsub", "loop_var", "address");

  private static final int WITH_REQUESTS = 4;

  private MergeVariables() {}

  private static Set<String> and(List<String> names, String... more) {
    return Stream.concat(names.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }

  /** The e-mails that a frontend of a series sends. */
  static List<String> mails(int series) {
    boolean hasRequests = series >= WITH_REQUESTS;
    return BY_MAIL.keySet().stream()
        .filter(mail -> hasRequests || !OF_REQUESTS.contains(mail))
        .filter(mail -> !hasRequests || !mail.equals("organization-invite-notification"))
        .sorted()
        .toList();
  }

  /** Those of an e-mail, in order; empty for one that the platform does not send. */
  static Set<String> of(String mail) {
    return new TreeSet<>(BY_MAIL.getOrDefault(mail, Set.of()));
  }

  /** Those that a text uses and its e-mail does not have, as the text writes them. */
  static List<String> unknownIn(String text, String mail) {
    List<String> names = new ArrayList<>();
    Matcher mandrill = MANDRILL.matcher(text);
    while (mandrill.find()) {
      names.add(mandrill.group(2));
    }
    Matcher sparkpost = SPARKPOST.matcher(text);
    while (sparkpost.find()) {
      names.add(sparkpost.group(1));
    }
    Set<String> known = of(mail);
    return names.stream()
        .filter(name -> !known.contains(name.toLowerCase(Locale.ROOT)))
        .filter(name -> !OF_TOOLS.contains(name.toLowerCase(Locale.ROOT)))
        .distinct()
        .toList();
  }

  /** The first variable that a rendered text still has, as the text writes it. */
  static Optional<String> leftIn(String rendered) {
    return Stream.of(MANDRILL, SPARKPOST)
        .flatMap(pattern -> pattern.matcher(rendered).results())
        .map(MatchResult::group)
        .findFirst();
  }

  /** Whether a text uses a variable. */
  static boolean uses(String text, String name) {
    return Pattern.compile(
            "\\*\\|(?:\\w+:)?" + name + "\\b|\\{\\{\\{?\\s*" + name + "\\b",
            Pattern.CASE_INSENSITIVE)
        .matcher(text)
        .find();
  }
}
