/** Roles as the template grants them: who may do what, and which grants are of use. */
package dev.slipway.local.iam;
