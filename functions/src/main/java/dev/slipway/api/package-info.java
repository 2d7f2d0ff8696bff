/**
 * The HTTP API: one class a route, behind an HTTP API of API Gateway (payload format 2.0) whose
 * authorizer has checked the caller's JWT. Described in {@code openapi.yaml}.
 *
 * <p>Claims: {@code sub} (who), {@code name} (optional, for people), {@code email} with {@code
 * email_verified} (optional), {@code slipway_roles} (any of {@code manager}, {@code customer},
 * {@code engineer}), and {@code slipway_onboarding} (the one onboarding that a customer sees). In
 * which forms the last two come says {@link ListClaim}.
 *
 * <p>People's acts are written to the ledger only; nothing here speaks to an execution.
 */
package dev.slipway.api;
