package dev.slipway.local.iam;

/**
 * An action on a resource that a role is allowed.
 *
 * @param owner the logical id of the function or state machine whose role it is
 * @param action as the template writes it, such as {@code dynamodb:GetItem}
 * @param resource as the template writes it, references resolved
 * @param line of the template, where the granting statement begins
 * @param used whether it was needed since the runtime started
 */
public record Grant(String owner, String action, String resource, int line, boolean used) {}
