/** The signature of requests to AWS: for the services here, and for stand-ins that speak S3. */
package dev.slipway.local.signature;
