package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Comes into an onboarding by an invitation's link. */
@Command(
    name = "redeem",
    header = "Come into an onboarding by the link of an invitation, with your own token.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway redeem 'https://slipway.example/app/i/hoster-example-gmbh-7sqrdz31.01KB…#nX3v…' \\",
      "      --api https://slipway.example --token-file token.txt",
      ""
    })
public final class RedeemCommand extends ApiCommand {
  private static final Pattern LINK =
      Pattern.compile("(?:[^#]*/)?([a-z0-9-]{1,80})\\.([0-9A-Z]{26})#([\\w-]{1,100})");

  @Parameters(
      index = "0",
      paramLabel = "LINK",
      description = "As it stands in the mail; in quotes, for the part behind # belongs to it.")
  private String link;

  RedeemCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    Matcher parts = LINK.matcher(link.strip());
    if (!parts.matches()) {
      throw new InputFailure(
          "LINK: must end in /app/i/ONBOARDING.INVITATION#SECRET, as in the mail");
    }
    JsonNode redeemed = api.redeem(parts.group(1), parts.group(2), parts.group(3));
    say(
        "You see the onboarding %s now: slipway show %s"
            .formatted(
                redeemed.path("onboardingName").asText(), redeemed.path("onboarding").asText()));
    return 0;
  }
}
