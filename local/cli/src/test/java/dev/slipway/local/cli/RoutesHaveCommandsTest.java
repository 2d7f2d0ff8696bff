package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Whatever a person may do by the API is a command as well: nobody needs curl. */
final class RoutesHaveCommandsTest {
  private static final Pattern OPERATION = Pattern.compile("operationId: (\\w+)");

  /** By which command each route is used. */
  private static final Map<String, String> COMMANDS =
      Map.ofEntries(
          Map.entry("CreateOnboarding", "create"),
          Map.entry("ListOnboardings", "onboardings"),
          Map.entry("GetMe", "me"),
          Map.entry("GetPortfolio", "portfolio"),
          Map.entry("ListOpenWork", "open-work"),
          Map.entry("ListTasks", "show"),
          Map.entry("GetTask", "show"),
          Map.entry("GetOnboarding", "show"),
          Map.entry("ListElements", "element list"),
          Map.entry("SaveElement", "element set"),
          Map.entry("PreviewElement", "element preview"),
          Map.entry("UploadFile", "file upload"),
          Map.entry("ListFiles", "file list"),
          Map.entry("DownloadFile", "file download"),
          Map.entry("StoreCredential", "credential store"),
          Map.entry("GetPlan", "plan"),
          Map.entry("StartOnboarding", "start"),
          Map.entry("StopOnboarding", "stop"),
          Map.entry("LookAgain", "look-again"),
          Map.entry("StopSection", "stop"),
          Map.entry("StartSection", "start"),
          Map.entry("CancelOnboarding", "cancel"),
          Map.entry("CompleteTask", "answer"),
          Map.entry("RetryTask", "retry"),
          Map.entry("SkipTask", "skip"),
          Map.entry("WaiveTask", "waive"),
          Map.entry("ApproveTask", "approve"),
          Map.entry("DelegateTask", "delegate"),
          Map.entry("PostNote", "note"),
          Map.entry("ListNotes", "notes"),
          Map.entry("SettleNote", "settle"),
          Map.entry("InvitePerson", "invite"),
          Map.entry("ListPeople", "people"),
          Map.entry("EndPerson", "end"),
          Map.entry("RedeemInvitation", "redeem"),
          Map.entry("GrantGuest", "guest"),
          Map.entry("PutBackTask", "put-back"),
          Map.entry("AddRow", "add-row"),
          Map.entry("ListProbeRunners", "probe-runners"),
          Map.entry("EnrolProbeRunner", "enrol-probe-runner"),
          Map.entry("RevokeProbeRunner", "revoke-probe-runner"),
          Map.entry("RedeemProbeCode", "probe"),
          Map.entry("FetchProbes", "probe"),
          Map.entry("PostProbeResult", "probe"),
          Map.entry("ListEvents", "events"),
          Map.entry("GetReport", "report"),
          Map.entry("SignOff", "sign-off"),
          Map.entry("GetSignOff", "report"),
          Map.entry("ListLooks", "looks"),
          Map.entry("ScheduleLooks", "looks"),
          Map.entry("GetAddendum", "addendum"));

  /** A guest has a browser and no token. */
  private static final Set<String> OF_GUESTS =
      Set.of(
          "SendGuestCode",
          "OpenGuestSession",
          "GetGuestAsk",
          "DownloadAsGuest",
          "AnswerAsGuest",
          "UploadAsGuest",
          "SaveAsGuest",
          "StoreAsGuest");

  @Test
  void eachRouteIsUsedByACommand() throws IOException {
    TreeSet<String> routes = new TreeSet<>();
    Path description =
        ProjectRoot.find().resolve("functions/src/main/resources").resolve("openapi.yaml");
    OPERATION
        .matcher(Files.readString(description))
        .results()
        .forEach(found -> routes.add(found.group(1)));

    assertTrue(routes.removeAll(OF_GUESTS));
    assertEquals(routes, new TreeMap<>(COMMANDS).navigableKeySet());
    CommandLine slipway = Slipway.commandLine(Terminal.system(Environment.none()));
    COMMANDS.forEach(
        (route, words) -> {
          CommandLine command = slipway;
          for (String word : words.split(" ", -1)) {
            command = command.getSubcommands().get(word);
            assertNotNull(command, route + ": there is no `slipway " + words + "`");
          }
        });
  }
}
