/**
 * Checklists as people write them, in YAML. The build compiles them to JSON; the artifact that
 * deploys holds no YAML parser, so nothing of the functions may call this package.
 */
package dev.slipway.checklist.source;
