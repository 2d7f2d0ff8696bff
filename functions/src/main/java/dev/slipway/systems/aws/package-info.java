/**
 * A customer's AWS accounts. {@link dev.slipway.systems.aws.AwsLogin} leads into one by a role that
 * the customer made from {@code docs/customer-role.yaml}; what comes out of it, an {@link
 * dev.slipway.systems.aws.AwsSession}, carries the clients of AWS's services: those of the SDK, and
 * for services without a module of the SDK at hand {@link dev.slipway.systems.aws.AwsJson}.
 */
package dev.slipway.systems.aws;
