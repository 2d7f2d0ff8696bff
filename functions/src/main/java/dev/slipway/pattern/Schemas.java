package dev.slipway.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.util.Locale;

/**
 * JSON Schemas (2020-12), formats asserted. Every schema of Slipway is read here, so that its
 * patterns mean the same everywhere.
 */
public final class Schemas {
  private final SchemaPatterns patterns = new SchemaPatterns();
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012))
          .metaSchema(
              JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                  .formats(patterns.formats())
                  .build())
          .build();
  private final SchemaValidatorsConfig config =
      SchemaValidatorsConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .formatAssertionsEnabled(true)
          .regularExpressionFactory(patterns)
          .locale(Locale.ROOT)
          .build();

  /** A schema; its places are JSON pointers. */
  public JsonSchema of(JsonNode schema) {
    return factory.getSchema(schema, config);
  }
}
