/**
 * Elements that are rows of the guide: their checks and looks ({@link
 * dev.slipway.element.ElementChecks}), and where they stand ({@link
 * dev.slipway.element.ElementRows}). {@code dev.slipway.task.SectionGate} verifies them.
 */
package dev.slipway.element;
