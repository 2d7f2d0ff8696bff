package dev.slipway.local.asl.task;

/** Makes task tokens. */
@FunctionalInterface
public interface TaskTokens {

  /**
   * A token that nobody can guess and nobody has had before.
   *
   * @param taskId {@link TaskRequest#id()} of the attempt, should a host want to find it by token
   */
  String create(String taskId);
}
