package dev.slipway.enterprise.thirdpartyaccounts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import java.util.List;

/** UAT and Production have apps of their own, else alerts of UAT reach users (M59). */
public final class PusherAppsApart implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    JsonNode apps = subject.value().path("appId");
    return apps.hasNonNull("uat") && apps.path("uat").equals(apps.path("production"))
        ? List.of(
            ElementFinding.error(
                "pusher.same-app",
                "/appId/production",
                "UAT and Production have the same app, so that alerts of UAT reach users.",
                "Create another app for Production, and give its id."))
        : List.of();
  }
}
