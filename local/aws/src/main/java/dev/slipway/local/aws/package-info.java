/** Speaks the protocols of AWS, so that SDKs and the AWS CLI work against the local services. */
package dev.slipway.local.aws;
