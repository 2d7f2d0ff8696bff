package dev.slipway.context;

import dev.slipway.checklist.AddedRows;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.credentials.CredentialStore;
import dev.slipway.ledger.Answers;
import dev.slipway.ledger.AuditTrail;
import dev.slipway.ledger.Decisions;
import dev.slipway.ledger.Delegations;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Files;
import dev.slipway.ledger.Grants;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.Keys;
import dev.slipway.ledger.Looks;
import dev.slipway.ledger.Memberships;
import dev.slipway.ledger.Notes;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.OpenWork;
import dev.slipway.ledger.Outbox;
import dev.slipway.ledger.PersonNotes;
import dev.slipway.ledger.PersonalData;
import dev.slipway.ledger.PlanOutlines;
import dev.slipway.ledger.Probes;
import dev.slipway.ledger.Requests;
import dev.slipway.ledger.Rows;
import dev.slipway.ledger.SignOffs;
import dev.slipway.ledger.Signals;
import dev.slipway.ledger.Tasks;
import dev.slipway.systems.aws.AwsLogin;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.EgressSettings;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The surroundings of one function: its environment variables, its clock, and the clients made from
 * them. Each client is made when it is first asked for: an unused one costs a cold start about 30
 * ms.
 *
 * <p>This is the only class that reads the process's environment; one JVM can play many functions.
 */
public final class FunctionContext {
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final AwsCredentialsProvider credentials;
  private final Optional<SdkHttpClient> aws;
  private final Checklists checklists;

  private Items items;
  private Egress egress;
  private CredentialStore credentialStore;
  private SfnClient stepFunctions;
  private KmsClient kms;
  private SesClient mail;
  private EventBridgeClient eventBridge;

  private FunctionContext(
      Map<String, String> environment,
      InstantSource clock,
      AwsCredentialsProvider credentials,
      Optional<SdkHttpClient> aws,
      Checklists checklists) {
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.credentials = credentials;
    this.aws = aws;
    this.checklists = checklists;
  }

  /** The context of a function in Lambda. */
  public static FunctionContext lambda() {
    return new FunctionContext(
        System.getenv(),
        Clock.systemUTC(),
        // Lambda hands in variables, and with SnapStart an endpoint. The SDK's default chain would
        // load files, IMDS and single sign-on as well, at each cold start.
        AwsCredentialsProviderChain.of(
            EnvironmentVariableCredentialsProvider.create(), ContainerCredentialsProvider.create()),
        Optional.empty(),
        new Checklists());
  }

  /** The context of a function in a JVM that plays many. */
  public static FunctionContext of(Map<String, String> environment, InstantSource clock) {
    return of(environment, clock, Optional.empty());
  }

  /**
   * The same with a way of its own to AWS's services.
   *
   * @param aws what the SDK's clients share; empty: each makes its own connections
   */
  public static FunctionContext of(
      Map<String, String> environment, InstantSource clock, Optional<SdkHttpClient> aws) {
    return new FunctionContext(
        environment,
        clock,
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(
                environment.getOrDefault("AWS_ACCESS_KEY_ID", "local"),
                environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "local"))),
        aws,
        new Checklists());
  }

  /** The same place with another table and other checklists. */
  public FunctionContext with(Items otherItems, Checklists otherChecklists) {
    FunctionContext other =
        new FunctionContext(environment, clock, credentials, aws, otherChecklists);
    other.items = otherItems;
    return other;
  }

  /** The time. */
  public InstantSource clock() {
    return clock;
  }

  /** The onboarding's checklist, with the rows that were added to it. */
  public Checklist checklist(Onboarding onboarding) {
    return AddedRows.in(
        checklists.get(onboarding.checklist(), onboarding.checklistVersion()),
        rows().of(onboarding));
  }

  /** The checklists that the artifact carries. */
  public Checklists checklists() {
    return checklists;
  }

  /** The content of the files of an onboarding, by SHA-256 in hex. */
  public Function<String, Optional<Bytes>> filesOf(String onboarding) {
    return sha256 -> files().content(onboarding, sha256).map(Bytes::of);
  }

  /** The ledger's table, of which each part of the ledger is a view. */
  private synchronized Items items() {
    if (items == null) {
      items =
          new Items(client(DynamoDbClient.builder(), "DYNAMODB"), required("SLIPWAY_TABLE"), clock);
    }
    return items;
  }

  /** Onboardings and their runs. */
  public Onboardings onboardings() {
    return new Onboardings(items());
  }

  /** Sign-offs with their reports. */
  public SignOffs signOffs() {
    return new SignOffs(items());
  }

  /** Looks after go-live, and their addenda. */
  public Looks looks() {
    return new Looks(items());
  }

  /** The people behind aliases, and the erasure of personal data. */
  public PersonalData personalData() {
    return new PersonalData(items());
  }

  /** Elements and the credentials' grades. */
  public Elements elements() {
    return new Elements(items());
  }

  /** Tasks and the attempts at them. */
  public Tasks tasks() {
    return new Tasks(items());
  }

  /** Requests to look at tasks again. */
  public Requests requests() {
    return new Requests(items());
  }

  /** Rows that people added. */
  public Rows rows() {
    return new Rows(items());
  }

  /** Answers of people to tasks. */
  public Answers answers() {
    return new Answers(items());
  }

  /** Decisions about tasks and sections. */
  public Decisions decisions() {
    return new Decisions(items());
  }

  /** Tasks that were handed to a colleague. */
  public Delegations delegations() {
    return new Delegations(items());
  }

  /** The access of guests to one ask each. */
  public Grants grants() {
    return new Grants(items());
  }

  /** Who was invited into onboardings, and came. */
  public Memberships memberships() {
    return new Memberships(items());
  }

  /** What people write about tasks, and who is blocked. */
  public PersonNotes personNotes() {
    return new PersonNotes(items());
  }

  /** Notes of tasks for their next attempt. */
  public Notes notes() {
    return new Notes(items());
  }

  /** Outlines of plans that people saw. */
  public PlanOutlines planOutlines() {
    return new PlanOutlines(items());
  }

  /** The audit trail. */
  public AuditTrail auditTrail() {
    return new AuditTrail(items());
  }

  /** The files that people handed over. */
  public Files files() {
    return Files.handedOver(items());
  }

  /** The reports that were signed, compressed. */
  public Files reports() {
    return Files.reports(items());
  }

  /** The probe runners inside customers' networks, and the probes that they are asked for. */
  public Probes probes() {
    return new Probes(items());
  }

  /** Signals: the items that Wake has to look at. */
  public Signals signals() {
    return new Signals(items());
  }

  /** Tasks that are still to be asked to look again. */
  public Outbox outbox() {
    return new Outbox(items());
  }

  /** Work that waits for people. */
  public OpenWork openWork() {
    return new OpenWork(items());
  }

  /** Keys for acts that happen once in a time. */
  public Keys keys() {
    return new Keys(items());
  }

  /** The third parties' credentials. */
  public synchronized CredentialStore credentialStore() {
    if (credentialStore == null) {
      credentialStore =
          new CredentialStore(
              client(SecretsManagerClient.builder(), "SECRETS_MANAGER"),
              value("SLIPWAY_SECRETS_PREFIX").orElse("slipway"));
    }
    return credentialStore;
  }

  /** Step Functions; only Wake may use it. */
  public synchronized SfnClient stepFunctions() {
    if (stepFunctions == null) {
      stepFunctions = client(SfnClient.builder(), "SFN");
    }
    return stepFunctions;
  }

  /** The keys that sign reports; only the sign-off may use them. */
  public synchronized KmsClient kms() {
    if (kms == null) {
      kms = client(KmsClient.builder(), "KMS");
    }
    return kms;
  }

  /** The client for Slipway's own mail: reminders, and files for the onboarding manager. */
  public synchronized SesClient ses() {
    if (mail == null) {
      mail = client(SesClient.builder(), "SES");
    }
    return mail;
  }

  /** The client for events that Slipway sends to other systems of the operator. */
  public synchronized EventBridgeClient eventBridge() {
    if (eventBridge == null) {
      eventBridge = client(EventBridgeClient.builder(), "EVENTBRIDGE");
    }
    return eventBridge;
  }

  /** The one way out to third parties. */
  public synchronized Egress egress() {
    if (egress == null) {
      egress =
          new Egress(
              EgressSettings.parse(
                  environment.get("SLIPWAY_EGRESS_PROXY"),
                  environment.get("SLIPWAY_DNS"),
                  environment.get("SLIPWAY_TRUSTED_CERTIFICATES"),
                  environment.get("SLIPWAY_ALLOWED_NETWORKS")),
              clock);
    }
    return egress;
  }

  /** Leads into customers' AWS accounts, as this function's role. */
  public AwsLogin awsLogin() {
    return new AwsLogin(egress(), clock, credentials, region());
  }

  /** Whether every third party is a stand-in, so that evidence has to say so. */
  public boolean standIns() {
    return value("SLIPWAY_STAND_INS").map(Boolean::parseBoolean).orElse(false);
  }

  /** A variable of the environment; empty if it is missing or blank. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  /**
   * A variable of the environment.
   *
   * @throws IllegalStateException if it is missing or blank
   */
  public String required(String name) {
    return value(name)
        .orElseThrow(() -> new IllegalStateException("environment: " + name + " is not set"));
  }

  private String region() {
    return value("AWS_REGION").orElse("us-east-1");
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String service) {
    aws.ifPresentOrElse(
        builder::httpClient, () -> builder.httpClientBuilder(UrlConnectionHttpClient.builder()));
    builder.credentialsProvider(credentials).region(Region.of(region()));
    value("AWS_ENDPOINT_URL_" + service)
        .or(() -> value("AWS_ENDPOINT_URL"))
        .ifPresent(url -> builder.endpointOverride(URI.create(url)));
    return builder.build();
  }
}
