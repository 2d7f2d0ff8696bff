package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.SeenViews;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * M17: the platform administrators have their rights in the hub's console, which has no API: the
 * vendor gives them, and each administrator states the pages that they give (all three, unless
 * {@code access} says fewer).
 */
public final class GrantPlatformRights extends TaskFunction {
  private static final String ADMINS = "platform-admins";
  private static final List<String> ALL = List.of("users", "organisations", "apiCredentials");

  /** For Lambda. */
  public GrantPlatformRights() {
    this(FunctionContext.lambda());
  }

  public GrantPlatformRights(FunctionContext context) {
    super(context);
  }

  @Override
  protected void perform(Work work) {
    work.step("grant").about(ADMINS).field(ADMINS).attested();
  }

  @Override
  protected void verify(Work work) {
    SeenViews views = new SeenViews(work, ADMINS, wanted(work.element(ADMINS)));
    work.step("views").about(ADMINS).field(ADMINS).person(views::stated);
  }

  private static Map<String, Set<String>> wanted(JsonNode admins) {
    Map<String, Set<String>> wanted = new LinkedHashMap<>();
    for (JsonNode admin : admins) {
      Set<String> access = new LinkedHashSet<>();
      admin.path("access").forEach(each -> access.add(each.asText()));
      wanted.put(
          admin.path("email").asText(), access.isEmpty() ? new LinkedHashSet<>(ALL) : access);
    }
    return wanted;
  }
}
