package dev.slipway.local.data.mongo;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** The documents of a source: of a server, or of files that {@code mongodump} wrote. */
public interface Documents extends AutoCloseable {
  /** Hears of a document. */
  @FunctionalInterface
  interface Each {
    void at(RawBsonDocument document) throws IOException;
  }

  /** The collections' names, sorted. */
  List<String> collections() throws IOException;

  /**
   * Hands on each document whose field names a group, in an order that does not change. A source
   * that cannot choose hands on all others as well.
   */
  void forEach(String collection, String field, Set<String> groups, Each each) throws IOException;

  /** How many documents' fields name one of the groups. */
  long count(String collection, String field, Set<String> groups) throws IOException;

  /** How many of these documents are of other groups. */
  long ofOthers(String collection, String field, Set<String> groups, List<BsonValue> ids)
      throws IOException;

  /** Whether there is a document without the field, as far as a query can tell. */
  boolean hasUngrouped(String collection, String field) throws IOException;

  @Override
  void close();

  /** The group that a document's field names; null if it has none. */
  static String group(BsonValue value) {
    if (value == null || value.isNull()) {
      return null;
    }
    return text(value);
  }

  /** A value as text. */
  static String text(BsonValue value) {
    if (value.isString()) {
      return value.asString().getValue();
    }
    return value.isObjectId() ? value.asObjectId().getValue().toHexString() : value.toString();
  }
}
