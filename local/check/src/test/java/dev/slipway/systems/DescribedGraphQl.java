package dev.slipway.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.language.Value;
import graphql.parser.Parser;
import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Holds each request of a client and each answer of a stand-in against a GraphQL schema. A request
 * has to be valid with its variables; the data of an answer has to be exactly what the schema makes
 * of it for that request: no field too many or too few, no other type, no null where none may be.
 *
 * <pre>{@code
 * HttpPort port =
 *     DescribedGraphQl.of("/newrelic/nerdgraph.graphql", Map.of("Entity", "ApmApplicationEntity"), http);
 * }</pre>
 */
public final class DescribedGraphQl implements HttpPort {
  private final HttpPort http;
  private final GraphQLSchema schema;
  private final GraphQL graphQl;

  private DescribedGraphQl(HttpPort http, GraphQLSchema schema) {
    this.http = http;
    this.schema = schema;
    this.graphQl = GraphQL.newGraphQL(schema).build();
  }

  /**
   * By a schema among the resources of the tests.
   *
   * @param types the type that answers have of each interface and union
   */
  public static DescribedGraphQl of(String resource, Map<String, String> types, HttpPort http) {
    return described(text(resource), types, http);
  }

  /**
   * By a vendor's own schema, a file of {@code ../shared/specs}; without it the test is skipped and
   * says so. An answer's {@code __typename} tells the type of an interface or union.
   */
  public static DescribedGraphQl of(String file, HttpPort http) throws IOException {
    Path path = ProjectRoot.find().toAbsolutePath().resolve("../shared/specs").resolve(file);
    assumeTrue(Files.exists(path), () -> "there is no " + file + " in ../shared/specs");
    return described(Files.readString(path), Map.of(), http);
  }

  private static DescribedGraphQl described(String text, Map<String, String> types, HttpPort http) {
    TypeDefinitionRegistry described = new SchemaParser().parse(text);
    RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
    described.scalars().keySet().stream()
        .filter(name -> !List.of("ID", "Int", "Float", "String", "Boolean").contains(name))
        .forEach(name -> wiring.scalar(scalar(name)));
    described.types().values().stream()
        .filter(
            type -> type instanceof InterfaceTypeDefinition || type instanceof UnionTypeDefinition)
        .map(type -> type.getName())
        .forEach(
            general ->
                wiring.type(
                    general,
                    written ->
                        written.typeResolver(
                            asked ->
                                asked
                                    .getSchema()
                                    .getObjectType(
                                        types.containsKey(general)
                                            ? types.get(general)
                                            : named(asked.getObject())))));
    return new DescribedGraphQl(
        http, new SchemaGenerator().makeExecutableSchema(described, wiring.build()));
  }

  private static String named(Object answer) {
    return ((Map<?, ?>) answer).get("__typename").toString();
  }

  private static String text(String resource) {
    try (InputStream file = DescribedGraphQl.class.getResourceAsStream(resource)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The mistakes of a request's text, whatever its variables; empty: it is valid. */
  public List<String> mistakes(String query) {
    return new Validator()
        .validateDocument(schema, Parser.parse(query), Locale.ROOT).stream()
            .map(ValidationError::getMessage)
            .toList();
  }

  @Override
  public HttpAnswer send(HttpCall call) {
    JsonNode request = json(call.body().text());
    HttpAnswer answer = http.send(call);
    JsonNode data = json(answer.text()).path("data");
    Map<?, ?> root =
        Json.MAPPER.convertValue(data.isObject() ? data : Json.tree(Map.of()), Map.class);
    @SuppressWarnings("unchecked")
    Map<String, Object> variables =
        request.path("variables").isObject()
            ? Json.MAPPER.convertValue(request.path("variables"), Map.class)
            : Map.of();
    ExecutionResult described =
        graphQl.execute(
            ExecutionInput.newExecutionInput(request.path("query").asText())
                .variables(variables)
                .root(root)
                .build());
    assertTrue(described.getErrors().isEmpty(), () -> call + ": " + described.getErrors());
    if (data.isObject()) {
      assertEquals(data, Json.tree(described.getData()), call::toString);
    }
    return answer;
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a scalar nothing is known but its name. */
  private static GraphQLScalarType scalar(String name) {
    return GraphQLScalarType.newScalar().name(name).coercing(new AsItIs()).build();
  }

  private static final class AsItIs implements Coercing<Object, Object> {
    @Override
    public Object serialize(Object value, GraphQLContext context, Locale locale) {
      return value;
    }

    @Override
    public Object parseValue(Object value, GraphQLContext context, Locale locale) {
      return value;
    }

    @Override
    public Object parseLiteral(
        Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
      return value;
    }
  }
}
