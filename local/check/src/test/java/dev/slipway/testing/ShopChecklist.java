package dev.slipway.testing;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A small checklist whose tasks have an instance for each tenant of two environments; what is
 * deployed in production was tried in uat before.
 */
public final class ShopChecklist {
  public static final String DEPLOY = "shop.deploy";
  public static final String RIGHTS = "shop.rights";
  public static final String NEWS = "shop.news";
  public static final String CLOSE = "shop.close";

  private ShopChecklist() {}

  /** The wait of {@link #RIGHTS} for the vendor's step. */
  public static Outcome.Waiting viewsAsked(Instant now) {
    return new Outcome.Waiting(
        Party.VENDOR,
        "views",
        List.of(),
        "Look at it.",
        "A person says so.",
        now.plus(Duration.ofDays(5)),
        null,
        null,
        List.of());
  }

  /** The checklist. */
  public static Checklist checklist() {
    return ChecklistSource.parse(
        """
        name: shop
        version: "1"
        title: Shops
        dimensions:
          environment: {keys: '["uat", "production"]'}
          tenant:
            of: [environment, tenant]
            keys: '$append(tenants.uat.("uat." & name), tenants.production.("production." & name))'
            none: no tenant is named
        promotion: {axis: environment, from: uat, to: production}
        sections:
          - id: shop
            title: Shop
            elements:
              - id: tenants
                title: Tenants
                schema: {type: object}
                parts:
                  environment: $lookup(tenants, $environment)
                  tenant: '$lookup(tenants, $environment)[name = $tenant]'
              - {id: offer, title: Offer, schema: {type: object}}
              - {id: look, title: Look, per: tenant, requirement: optional, schema: {type: string}}
              - id: hub
                title: Hub's key
                kind: credential
                per: tenant
                requirement: optional
                schema: {type: object, additionalProperties: false, required: [key], properties: {key: {type: string}}}
            tasks:
              - id: deploy
                row: S1
                title: Deploy it
                requirement: mandatory
                per: tenant
                promote: true
                mode: automatic
                inputs: [tenants, look]
                credentials: [hub]
                steps: [{id: act, title: Act, mode: automatic}]
              - id: rights
                row: S2
                title: Grant rights
                requirement: mandatory
                per: tenant
                mode: attested
                inputs: [tenants]
                dependsOn: [shop.deploy]
                steps:
                  - {id: views, title: They see it, mode: attested, party: VENDOR, due: P5D, instructions: Look at it., check: A person says so.}
              - id: news
                row: S3
                title: Send news
                requirement: optional
                per: environment
                condition: offer.kind != 'none'
                mode: automatic
                steps: [{id: act, title: Act, mode: automatic}]
              - id: close
                row: S4
                title: Close
                requirement: mandatory
                mode: automatic
                dependsOn: [shop.rights]
                steps: [{id: act, title: Act, mode: automatic}]
        """);
  }
}
