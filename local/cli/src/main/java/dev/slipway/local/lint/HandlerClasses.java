package dev.slipway.local.lint;

import java.util.List;

/** The classes that Lambda could be told to run. */
interface HandlerClasses {
  /** Whether there is such a class, and Lambda could run it. */
  boolean has(String className);

  /** The names of the task functions in a package and those below it. */
  List<String> taskFunctions(String packagePrefix);
}
