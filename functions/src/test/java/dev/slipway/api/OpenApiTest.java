package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class OpenApiTest {
  private final JsonNode document = read();

  private static JsonNode read() {
    try (InputStream in = ApiFunction.class.getResourceAsStream("/openapi.yaml")) {
      return Json.tree(new Load(LoadSettings.builder().build()).loadFromInputStream(in));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<JsonNode> operations() {
    List<JsonNode> operations = new ArrayList<>();
    document
        .get("paths")
        .forEach(
            path ->
                path.forEach(
                    operation -> {
                      if (operation.has("operationId")) {
                        operations.add(operation);
                      }
                    }));
    return operations;
  }

  @Test
  void everyFunctionIsARouteAndEveryRouteAFunction() {
    Set<String> described =
        operations().stream()
            .map(operation -> operation.get("operationId").asText())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> functions =
        new ClassFileImporter()
            .importPackagesOf(ApiFunction.class).stream()
                .filter(type -> type.isAssignableTo(ApiFunction.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(functions, described);
  }

  @Test
  void everyFunctionCanBeMadeByLambdaAndByHand() throws ReflectiveOperationException {
    for (JsonNode operation : operations()) {
      Class<?> type = Class.forName("dev.slipway.api." + operation.get("operationId").asText());
      assertTrue(Modifier.isPublic(type.getConstructor().getModifiers()));
      assertTrue(Modifier.isPublic(type.getConstructor(FunctionContext.class).getModifiers()));
    }
  }

  @Test
  void everyRouteSaysWhoMayCallAndHowItRefuses() {
    for (JsonNode operation : operations()) {
      String id = operation.get("operationId").asText();
      assertTrue(operation.path("x-roles").size() > 0, id);
      assertTrue(operation.path("summary").isTextual(), id);
      assertEquals(
          "#/components/responses/Problem", operation.at("/responses/default/$ref").asText(), id);
    }
  }

  @Test
  void everyReferenceLeadsSomewhereAndEverySchemaIsUsed() {
    Set<String> used = new HashSet<>();
    references(document, used);
    for (String reference : used) {
      assertTrue(!document.at(reference.substring(1)).isMissingNode(), reference);
    }
    document
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(name -> assertTrue(used.contains("#/components/schemas/" + name), name));
  }

  private static void references(JsonNode node, Set<String> found) {
    if (node.path("$ref").isTextual()) {
      found.add(node.get("$ref").asText());
    }
    node.forEach(child -> references(child, found));
  }
}
