/**
 * Stand-ins for AWS: one host for all its services, and a class for each service.
 *
 * <p>Sources: AWS's API references of each service; names and required fields also in botocore's
 * models. Unverified: how soon a new account is ACTIVE.
 */
package dev.slipway.local.sandbox.aws;
