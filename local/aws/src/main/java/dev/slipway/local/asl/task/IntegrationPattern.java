package dev.slipway.local.asl.task;

/** The way in which a task's end is known, as the suffix of its {@code Resource} says. */
public enum IntegrationPattern {
  /** The answer to the request is the result. */
  REQUEST_RESPONSE,
  /** {@code .sync}: the job that the request started ends. */
  SYNC,
  /** {@code .sync:2}: as {@link #SYNC}; the result is JSON where {@code .sync} has JSON text. */
  SYNC_2,
  /** {@code .waitForTaskToken}: a person or a program answers with the token. */
  WAIT_FOR_TASK_TOKEN;

  /** The pattern that a resource's suffix names. */
  public static IntegrationPattern of(String resource) {
    if (resource.endsWith(".waitForTaskToken")) {
      return WAIT_FOR_TASK_TOKEN;
    }
    if (resource.endsWith(".sync:2")) {
      return SYNC_2;
    }
    return resource.endsWith(".sync") ? SYNC : REQUEST_RESPONSE;
  }

  /** Whether the context object of such a task holds a task token. */
  public boolean hasToken() {
    return this != REQUEST_RESPONSE;
  }
}
