package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Onboardings: the item {@code META} with the run, the state and the epoch, which is its version.
 *
 * <pre>{@code
 * Onboarding before = onboardings.find(id).orElseThrow();
 * onboardings.save(before, before.starting(plan, now), actor, "onboarding.started", reason);
 * }</pre>
 */
public final class Onboardings {
  private final Items items;
  private final AuditTrail auditTrail;

  /** In the table. */
  public Onboardings(Items items) {
    this.items = items;
    this.auditTrail = new AuditTrail(items);
  }

  /** An onboarding by its id. */
  public Optional<Onboarding> find(String id) {
    return items.get(Partition.of(id), Partition.META, Onboarding.class);
  }

  /**
   * An onboarding with what decides who is told of what waits in it.
   *
   * @param wanted any other onboarding counts as not there
   */
  public Optional<NoticeData> overview(String id, Predicate<Onboarding> wanted) {
    return NoticeData.read(items, id, wanted);
  }

  /** How far an onboarding is. */
  public ProgressData standing(String id) {
    return ProgressData.read(items, id);
  }

  /**
   * Creates an onboarding once for each request key: the same key answers the same onboarding.
   *
   * @param fingerprint of the request; another request under the same key is refused
   * @throws IllegalArgumentException if the key was used for another request
   */
  public Onboarding create(
      String requestKey,
      String fingerprint,
      String name,
      String checklist,
      String checklistVersion,
      Actor actor) {
    String keyPartition = "KEY#" + requestKey;
    Instant now = items.now();
    for (int attempt = 0; attempt < 5; attempt++) {
      Optional<RequestKey> earlier = items.get(keyPartition, "KEY", RequestKey.class);
      if (earlier.isPresent()) {
        if (!earlier.get().fingerprint().equals(fingerprint)) {
          throw new IllegalArgumentException(
              "Idempotency-Key: was used before for another request");
        }
        return find(earlier.get().onboarding()).orElseThrow();
      }
      Onboarding created =
          new Onboarding(
              newId(name),
              0,
              name,
              checklist,
              checklistVersion,
              Onboarding.State.INTAKE,
              0,
              false,
              null,
              null,
              null,
              now,
              actor.name(),
              null,
              null,
              null,
              null,
              false);
      try {
        items.write(
            List.of(
                Write.put(
                        keyPartition,
                        "KEY",
                        0,
                        Json.tree(new RequestKey(created.id(), fingerprint)))
                    .expiring(now.plus(Duration.ofDays(7))),
                write(created, 0),
                auditTrail.line(created.id(), actor, "onboarding.created", null, name, null)));
        return find(created.id()).orElseThrow();
      } catch (LostRaceException e) {
        // The same request at the same moment, or (once in a great while) the same id: look again.
      }
    }
    throw new LostRaceException(keyPartition);
  }

  record RequestKey(String onboarding, String fingerprint) {}

  /** The ids of the onboardings in a state, oldest first. */
  public List<String> in(Onboarding.State state) {
    return places(state).stream().map(Place::onboarding).toList();
  }

  /** The places of all onboardings in a state, oldest first, by their keys alone. */
  public List<Place> places(Onboarding.State state) {
    return items.keys("onboardings", "onboardingState", state.name(), "createdAt", "9").stream()
        .map(key -> new Place(Partition.onboarding(key.partition()), key.range()))
        .toList();
  }

  /**
   * One page of the onboardings in a state, oldest first.
   *
   * @param after the last one of the page before; null for the first page
   */
  public List<Place> in(Onboarding.State state, Place after, int limit) {
    return items
        .keysAfter(
            "onboardings",
            "onboardingState",
            state.name(),
            "createdAt",
            after == null
                ? null
                : new Items.IndexKey(
                    Partition.of(after.onboarding()), Partition.META, after.createdAt()),
            limit)
        .stream()
        .map(key -> new Place(Partition.onboarding(key.partition()), key.range()))
        .toList();
  }

  /** The place of an onboarding in the list of its state. */
  public record Place(String onboarding, String createdAt) {}

  /** Writes an onboarding that was read before. */
  public void save(Onboarding before, Onboarding after, Actor actor, String what, String why) {
    items.write(
        List.of(
            write(after, before.version()),
            auditTrail.line(after.id(), actor, what, null, "run " + after.run(), why)));
  }

  /** No more requests to an onboarding that has ended, even if the asker read it before its end. */
  Onboarding open(String id) {
    Onboarding onboarding = find(id).orElseThrow();
    if (onboarding.hasEnded()) {
      throw new LostRaceException(Partition.META);
    }
    return onboarding;
  }

  Onboarding notSignedOff(String id) {
    Onboarding onboarding = find(id).orElseThrow();
    if (onboarding.state() == Onboarding.State.SIGNED_OFF) {
      throw new LostRaceException(Partition.META);
    }
    return onboarding;
  }

  Write write(Onboarding onboarding, long expectedVersion) {
    Map<String, String> state =
        Map.of(
            "onboardingState", onboarding.state().name(),
            "createdAt", SortableTime.of(onboarding.createdAt()));
    Map<String, String> index = new HashMap<>(state);
    if (onboarding.isSignalDue()) {
      index.putAll(Signals.index(onboarding.signalAt(items.now())));
    }
    if (onboarding.isToBeErased() && onboarding.eraseAt() != null) {
      index.putAll(OpenWork.erasureIndex(onboarding.eraseAt()));
    }
    return Write.put(
            Partition.of(onboarding.id()), Partition.META, expectedVersion, Json.tree(onboarding))
        .indexed(index);
  }

  private String newId(String name) {
    String slug =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String tail = items.newUlid(items.now()).substring(18).toLowerCase(Locale.ROOT);
    return (slug.isEmpty() ? "onboarding" : slug.substring(0, Math.min(slug.length(), 32)))
        .concat("-" + tail);
  }
}
