package dev.slipway.local.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Everything the third parties know, as one JSON object with a member per system. Stand-ins keep no
 * state of their own, so that it can be shown, patched and reset as a whole, and outlives the
 * process when a folder is given.
 *
 * <p>One lock covers it all: a vendor's "look up, then create" is atomic. Nothing may wait for
 * another stand-in while holding it.
 */
public final class World {

  private final ReentrantLock lock = new ReentrantLock();
  private final ObjectNode defaults = Json.object();
  private final Optional<Path> file;
  private final ObjectNode state;

  /**
   * @param file where the state is kept; empty to forget it at the end
   */
  public World(Optional<Path> file) {
    this.file = file;
    this.state = file.filter(Files::exists).map(World::load).orElseGet(Json::object);
  }

  /**
   * Gives a system its defaults, which a remembered state leaves aside. So a stand-in that is newer
   * than the remembered world still finds them.
   */
  public void seed(String system, ObjectNode part) {
    lock.lock();
    try {
      defaults.set(system, part.deepCopy());
      if (!state.has(system)) {
        state.set(system, part.deepCopy());
        save();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Reads one system's part. The function must not keep the node. */
  public <T> T read(String system, Function<ObjectNode, T> reading) {
    lock.lock();
    try {
      return reading.apply(part(system));
    } finally {
      lock.unlock();
    }
  }

  /** Changes one system's part and keeps the result; all or, after an exception, nothing. */
  public <T> T change(String system, Function<ObjectNode, T> change) {
    lock.lock();
    try {
      // Worked on a copy: a vendor that refuses half-way has done nothing.
      ObjectNode part = part(system).deepCopy();
      T result = change.apply(part);
      state.set(system, part);
      save();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** {@link #change} for what has no result. */
  public void edit(String system, Consumer<ObjectNode> change) {
    change(
        system,
        part -> {
          change.accept(part);
          return true;
        });
  }

  /** A copy of everything. */
  public ObjectNode snapshot() {
    lock.lock();
    try {
      return state.deepCopy();
    } finally {
      lock.unlock();
    }
  }

  /** Applies a merge patch over all systems. */
  public void merge(JsonNode patch) {
    lock.lock();
    try {
      Json.merge(state, patch);
      save();
    } finally {
      lock.unlock();
    }
  }

  /** Back to the defaults. */
  public void reset() {
    lock.lock();
    try {
      state.removeAll();
      state.setAll(defaults.deepCopy());
      save();
    } finally {
      lock.unlock();
    }
  }

  private ObjectNode part(String system) {
    return state.withObjectProperty(system);
  }

  private void save() {
    if (file.isEmpty()) {
      return;
    }
    // Written beside and moved, so that a kill leaves the old or the new world, never half of one.
    Path target = file.get();
    Path beside = target.resolveSibling(target.getFileName() + ".new");
    try {
      Files.writeString(beside, state.toString());
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox cannot remember its world in " + target, e);
    }
  }

  private static ObjectNode load(Path file) {
    try {
      return (ObjectNode) Json.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox cannot read its world from " + file, e);
    }
  }
}
