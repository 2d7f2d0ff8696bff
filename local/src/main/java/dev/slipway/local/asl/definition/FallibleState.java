package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A state that may have retriers and catchers, and a result. */
public sealed interface FallibleState extends State permits TaskState, ParallelState, MapState {

  List<Retrier> retriers();

  List<Catcher> catchers();

  /** Has the state go on once its result is there. */
  void completed(Visit visit, JsonNode result);
}
