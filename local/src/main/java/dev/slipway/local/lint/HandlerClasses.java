package dev.slipway.local.lint;

import java.util.SortedSet;

/** The classes that Lambda could be told to run. */
interface HandlerClasses {
  /** Whether there is such a class, and Lambda could run it. */
  boolean has(String className);

  /** The names of the task functions in a package and those below it. */
  SortedSet<String> taskFunctions(String packagePrefix);
}
