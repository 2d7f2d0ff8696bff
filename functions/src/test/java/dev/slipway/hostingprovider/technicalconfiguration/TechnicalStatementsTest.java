package dev.slipway.hostingprovider.technicalconfiguration;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.RefusingParties;
import dev.slipway.hostingprovider.Restatement;
import dev.slipway.hostingprovider.Restatement.Change;
import dev.slipway.task.Bench;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A statement holds only for what it was said about: V00 to V06. */
final class TechnicalStatementsTest {
  private static final String SECTION = "technical-configuration";
  private static final String ALWAYS =
      """
      {"days":["MONDAY","TUESDAY","WEDNESDAY","THURSDAY","FRIDAY","SATURDAY","SUNDAY"],
       "at":"00:00","minutes":1440,"zone":"UTC"}""";
  private static final String LATER = ALWAYS.replace("1440", "1380");
  private static final String OTHER_PLATFORM = "{\"domain\":\"b.example\"}";

  private static final String MAIL =
      """
      {"host":"smtp.a.example","port":587,"encryption":"STARTTLS","from":"noreply@a.example",
       "network":"private"}""";
  private static final String RANGES =
      """
      {"ranges":[{"from":"203.0.113.10","to":"203.0.113.11","regions":["eu1"]}]}""";
  private static final String UPLOADER =
      """
      {"setUpBy":"vendor","protocol":"smb","host":"10.0.0.5","path":"/up","sizeGb":300,
       "network":"private"}""";
  private static final String MONITORING =
      """
      {"system":"prometheus","prometheusUrl":"https://prom.a.example","network":"private",
       "alertmanagerUrl":"https://alert.a.example","receivers":["ops"]}""";
  private static final String STORAGE =
      """
      {"protocol":"nfs","host":"nfs.a.example","path":"/backup","neededGb":10}""";

  static List<Change> changes() {
    String docker = "docker-account";
    String smtp = "configure-smtp";
    String ips = "add-external-ips";
    String account = "assign-docker-account";
    String upload = "provide-uploader-access";
    String backup = "connect-backup-storage";
    String image = "{\"user\":\"hoster\",\"plan\":\"team\",\"testImage\":\"alpine\"}";
    return List.of(
        Change.of("check-platform", "platform", OTHER_PLATFORM),
        Change.of(
            smtp,
            "platform",
            OTHER_PLATFORM,
            "write-settings",
            "apply-settings",
            "send-test-mails",
            "confirm-receipt"),
        Change.of(
            smtp, "platform", "{\"domain\":\"a.example\",\"nameServers\":[\"ns1.a.example\"]}"),
        Change.of(
            smtp,
            "mail-server",
            MAIL.replace("587", "2525"),
            "probe-mail-server",
            "write-settings",
            "apply-settings",
            "send-test-mails",
            "confirm-receipt"),
        Change.of(
            smtp,
            "test-mailbox",
            "{\"address\":\"other@a.example\"}",
            "send-test-mails",
            "confirm-receipt"),
        Change.of(smtp, "maintenance-window", LATER),
        Change.of(ips, "platform", OTHER_PLATFORM, "add-ranges", "attach-address"),
        Change.of(
            ips,
            "external-ip-ranges",
            RANGES.replace("113.1", "113.2"),
            "add-ranges",
            "attach-address"),
        Change.of(
            ips,
            "external-ip-ranges",
            RANGES.replace("]}]", "]}],\"internalNetworks\":[\"10.0.0.0/8\"]")),
        Change.of(ips, docker, image),
        Change.of(account, "platform", OTHER_PLATFORM, "assign-account", "create-container"),
        Change.of(account, docker, image, "create-container"),
        Change.of(account, docker, "{\"user\":\"hoster\",\"plan\":\"pro\"}"),
        Change.of(
            upload,
            "platform",
            OTHER_PLATFORM,
            "reach-storage",
            "create-mount-points",
            "upload-archive"),
        Change.of(
            upload,
            "uploader",
            UPLOADER.replace("/up", "/new"),
            "reach-storage",
            "create-mount-points",
            "upload-archive"),
        Change.of(
            upload,
            "uploader",
            UPLOADER.replace("300", "400"),
            "create-mount-points",
            "upload-archive"),
        Change.of(
            "set-up-monitoring",
            "monitoring",
            MONITORING.replace("prom.", "prometheus."),
            "check-targets",
            "state-monitoring"),
        Change.of(
            "set-up-monitoring",
            "monitoring",
            """
            {"system":"other","name":"Zabbix","link":"https://z.a.example/","receivers":["ops"]}""",
            "state-monitoring"),
        Change.of(backup, "platform", OTHER_PLATFORM, "connect-storage", "restore-container"),
        Change.of(
            backup,
            "backup-storage",
            STORAGE.replace("/backup", "/other"),
            "probe-storage",
            "connect-storage",
            "restore-container"),
        Change.of(backup, docker, image));
  }

  /** Whatever the platform can refuse is a person's, and there is no test customer. */
  private static Restatement task(String task) {
    RefusingParties parties =
        new RefusingParties()
            .on("getversion", "{\"result\":0,\"version\":\"8.11.2\"}")
            .on(
                "getregions",
                "{\"result\":0,\"array\":[{\"uniqueName\":\"eu1\",\"domain\":\"eu1.a.example\"}]}")
            .on("hub.docker.com", "{}")
            .on("auth.docker.io", "{\"token\":\"bearer-1\"}")
            .on(
                "registry-1.docker.io",
                call ->
                    RefusingParties.answer(
                        call, Map.of("docker-content-digest", List.of("sha256:0a1b")), ""));
    FunctionContext context = FunctionContext.of(Map.of(), InstantSource.system());
    Bench bench =
        new Bench(SECTION + "." + task)
            .element("platform", "{\"domain\":\"a.example\"}")
            .element("mail-server", MAIL)
            .element("test-mailbox", "{\"address\":\"tests@a.example\"}")
            .element("maintenance-window", ALWAYS)
            .element("external-ip-ranges", RANGES)
            .element("docker-account", "{\"user\":\"hoster\",\"plan\":\"team\"}")
            .element("uploader", UPLOADER)
            .element("monitoring", MONITORING)
            .element("backup-storage", STORAGE)
            .secret("platform", "{\"token\":\"platform-token-0001\"}")
            .secret("smtp", "{\"user\":\"u\",\"password\":\"password-0001\"}")
            .secret("docker", "{\"user\":\"hoster\",\"token\":\"dckr_pat_000000001\"}");
    return new Restatement(
        bench,
        switch (task) {
          case "check-platform" -> new CheckPlatform(context, parties);
          case "configure-smtp" -> new ConfigureSmtp(context, parties);
          case "add-external-ips" -> new AddExternalIps(context, parties);
          case "assign-docker-account" -> new AssignDockerAccount(context, parties);
          case "provide-uploader-access" -> new ProvideUploaderAccess(context, parties);
          case "set-up-monitoring" -> new SetUpMonitoring(context, parties);
          case "connect-backup-storage" -> new ConnectBackupStorage(context, parties);
          default -> throw new IllegalArgumentException(task);
        });
  }

  @Test
  void leavesNoInputOut() {
    Restatement.assertComplete(SECTION, changes());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatRestsOnAChangeIsAskedAgainAndNothingElse(Change change) {
    task(change.task()).check(change);
  }
}
