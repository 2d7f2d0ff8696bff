package dev.slipway.task;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/**
 * Marks a method whose answer must be used. Error Prone knows the name of this annotation, whatever
 * its package, and refuses to compile a step that is described but never taken.
 */
@Target(ElementType.METHOD)
@interface CheckReturnValue {}
