package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.Ending;
import dev.slipway.local.run.OnboardingRun;
import dev.slipway.local.run.OnboardingStatus;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileAction;
import dev.slipway.local.run.ProfileException;
import dev.slipway.local.run.ProfileReader;
import dev.slipway.local.run.Role;
import dev.slipway.local.run.RunView;
import dev.slipway.local.sandbox.mail.ReadableMail;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The local Slipway in this JVM, as {@code slipway serve} starts it, for a browser. */
public final class ServedPages implements AutoCloseable {
  private final LocalSlipway slipway;

  /** In real time. */
  public ServedPages() {
    this(false);
  }

  private ServedPages(boolean isSimulated) {
    slipway = LocalSlipway.start(LocalSlipway.Wishes.of(null, null).simulated(isSimulated));
  }

  /** In time that passes only when a {@link #run} lets it pass. */
  public static ServedPages inSimulatedTime() {
    return new ServedPages(true);
  }

  /** Where the pages are. */
  public URI address() {
    return slipway.portal();
  }

  /** A profile of {@code events/profiles}. */
  public static Profile profile(String name) {
    Path file = ProjectRoot.find().resolve("events/profiles").resolve(name + ".json");
    try {
      return new ProfileReader(new Checklists()).read(file);
    } catch (ProfileException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Gives what a profile gives at the beginning, starts nothing, and answers the onboarding. */
  public String intake(Profile profile) {
    OnboardingRun run = newRun(profile, status -> {}, Duration.ZERO);
    run.plan();
    return run.onboarding();
  }

  /**
   * Takes a profile's onboarding to its end.
   *
   * @param onlooker sees what changed, while all machines rest
   */
  public void run(Profile profile, Consumer<OnboardingStatus> onlooker) {
    OnboardingRun run = newRun(profile, onlooker, Duration.ofMinutes(30));
    try {
      Ending ending = run.run();
      if (!(ending instanceof Ending.AllFinal)) {
        throw new AssertionError("the run did not come to its end: " + ending);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private OnboardingRun newRun(
      Profile profile, Consumer<OnboardingStatus> onlooker, Duration timeout) {
    return new OnboardingRun(
        profile,
        Optional.empty(),
        slipway.callers(),
        slipway.standIns(),
        new WatchedView(onlooker),
        slipway.pace(),
        timeout,
        () -> false);
  }

  private record WatchedView(Consumer<OnboardingStatus> onlooker) implements RunView {
    @Override
    public void line(String text) {}

    @Override
    public void status(OnboardingStatus status) {
      onlooker.accept(status);
    }

    @Override
    public void close() {}
  }

  /** Begins the run of what is planned now. */
  public void start(String onboarding) {
    SlipwayApi manager = as(Role.MANAGER, onboarding);
    manager.start(onboarding, manager.plan(onboarding).path("hash").asText());
  }

  /** The stand-ins become as a profile wants them. */
  public void prepare(Profile profile) {
    profile
        .sandbox()
        .forEach(
            action -> {
              switch (action) {
                case ProfileAction.PatchWorld world -> slipway.standIns().patch(world.patch());
                case ProfileAction.PerformAct act -> act(act.act(), act.details());
                case ProfileAction.AddFault fault -> slipway.standIns().add(fault.fault());
                default -> throw new IllegalArgumentException("not at the beginning: " + action);
              }
            });
  }

  /** The API as a person sees it. */
  public SlipwayApi as(Role role, String onboarding) {
    return slipway.callers().as(role, onboarding);
  }

  /** The text of the newest mail to an address in which a pattern is found. */
  public String mailTo(String address, String pattern) {
    return slipway.sandbox().mails().stream()
        .filter(mail -> mail.recipients().contains(address))
        .map(mail -> ReadableMail.of(mail).text())
        .filter(text -> Pattern.compile(pattern).matcher(text).find())
        .reduce((one, next) -> next)
        .orElseThrow(() -> new AssertionError("no mail to " + address + " with " + pattern));
  }

  /** Somebody acts in a vendor's own user interface. */
  public void act(String act, JsonNode details) {
    slipway.standIns().perform(act, details);
  }

  @Override
  public void close() {
    slipway.close();
  }
}
