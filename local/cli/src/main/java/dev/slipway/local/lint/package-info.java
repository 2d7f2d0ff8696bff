/**
 * Holds the five places of a task together: checklist, state, template resource, handler class and
 * sample event. {@link dev.slipway.local.lint.Lint} reads each file as a tree of its own, with
 * lines, and hands them to one {@link dev.slipway.local.lint.Rule} after the other.
 */
package dev.slipway.local.lint;
