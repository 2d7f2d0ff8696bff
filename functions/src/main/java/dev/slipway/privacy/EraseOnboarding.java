package dev.slipway.privacy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Takes secrets and personal data from the onboardings whose time has come, on a schedule. One that
 * fails keeps no other; the next call goes on with it.
 *
 * <p>Takes anything as the order to look; answers {@code {"ended": n, "erased": n, "failed": n}}.
 */
public final class EraseOnboarding implements RequestStreamHandler {
  private static final Actor ACTOR = Actor.system("erase-onboarding");

  private final FunctionContext context;

  /** For Lambda. */
  public EraseOnboarding() {
    this(FunctionContext.lambda());
  }

  public EraseOnboarding(FunctionContext context) {
    this.context = context;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    Ledger ledger = context.ledger();
    int ended = 0;
    int erased = 0;
    int failed = 0;
    for (Onboarding.State state :
        List.of(Onboarding.State.CANCELLED, Onboarding.State.SIGNED_OFF)) {
      for (String id : ledger.onboardingsIn(state)) {
        Onboarding onboarding = ledger.onboarding(id).orElseThrow();
        if (!onboarding.isToBeErased()) {
          continue;
        }
        ended++;
        try {
          erased += look(ledger, onboarding) ? 1 : 0;
        } catch (LostRaceException | SdkException e) {
          failed++;
          lambda
              .getLogger()
              .log(
                  "{\"onboarding\":\"%s\",\"message\":\"not erased: %s\"}\n"
                      .formatted(id, e.getClass().getSimpleName()));
        }
      }
    }
    Json.MAPPER.writeValue(
        output,
        Json.MAPPER
            .createObjectNode()
            .put("ended", ended)
            .put("erased", erased)
            .put("failed", failed));
  }

  private boolean look(Ledger ledger, Onboarding onboarding) {
    if (onboarding.eraseAt() == null) {
      // It ended before a date was stated at the end: it is stated now.
      ledger.save(
          onboarding,
          onboarding.erasingAt(ledger.now().plus(Retention.of(context))),
          ACTOR,
          "onboarding.erasure-set",
          null);
      return false;
    }
    if (ledger.now().isBefore(onboarding.eraseAt())) {
      return false;
    }
    new Erasure(ledger, context.credentialStore(), ACTOR)
        .erase(
            onboarding,
            context.checklists().get(onboarding.checklist(), onboarding.checklistVersion()));
    return true;
  }
}
