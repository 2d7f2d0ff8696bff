/** Applications: the checks and looks of its elements, and its tasks (M21 to M24). */
package dev.slipway.enterprise.applications;
