/**
 * The ledger: the truth about every onboarding, in one DynamoDB table.
 *
 * <p>{@link dev.slipway.ledger.Items} speaks to the table. Each part of the ledger is a view of it
 * for one kind of item, costs nothing to make, and is made by the function's context only:
 *
 * <ul>
 *   <li>{@link dev.slipway.ledger.Onboardings}, {@link dev.slipway.ledger.SignOffs}, {@link
 *       dev.slipway.ledger.PersonalData}: the onboarding from its creation to its erasure
 *   <li>{@link dev.slipway.ledger.Elements}, {@link dev.slipway.ledger.Files}, {@link
 *       dev.slipway.ledger.Rows}, {@link dev.slipway.ledger.PlanOutlines}: elements, files and rows
 *       that people give, and plans
 *   <li>{@link dev.slipway.ledger.Tasks}, {@link dev.slipway.ledger.Notes}: claims, commits and
 *       what a task remembers
 *   <li>{@link dev.slipway.ledger.Requests}, {@link dev.slipway.ledger.Outbox}, {@link
 *       dev.slipway.ledger.Signals}: who asks a task to look again, and the items that Wake sees
 *   <li>{@link dev.slipway.ledger.Answers}, {@link dev.slipway.ledger.Decisions}, {@link
 *       dev.slipway.ledger.Delegations}, {@link dev.slipway.ledger.PersonNotes}, {@link
 *       dev.slipway.ledger.OpenWork}: statements, decisions and notes of people, and the work that
 *       waits for them
 *   <li>{@link dev.slipway.ledger.Memberships}, {@link dev.slipway.ledger.Grants}: who was invited
 *       and came, and the guests
 *   <li>{@link dev.slipway.ledger.Probes}: the probe runners and their probes
 *   <li>{@link dev.slipway.ledger.Looks}: the looks after go-live, and the addenda to the report
 *   <li>{@link dev.slipway.ledger.Keys}, {@link dev.slipway.ledger.AuditTrail}: keys for acts that
 *       happen once in a time, and the line that every change leaves
 * </ul>
 *
 * <p>Every change is a conditional write on the item's version, in one transaction with its line of
 * the audit trail. A caller that loses a race is told ({@link
 * dev.slipway.ledger.LostRaceException}); nothing is overwritten.
 *
 * <p>Keys: {@code PK = ONB#<onboarding>}, {@code SK = META | ELEMENT#<id> | CREDENTIAL#<system> |
 * CHECKED#<section>.<element> | TASK#<task>[@<instance>] | ANSWER#<task>#<step> | DECISION#<task> |
 * ATTEMPT#<task>#<n> | NOTE#<task>#<kind>#<name> | ROW#<task> | DELEGATE#<task>#<step> |
 * POSTED#<ulid> | STUCK#<task>#<step>#<person> | INVITE#<ulid> | MEMBER#<account> | GRANT#<ulid> |
 * PLAN#<hash> | EVENT#<ulid> | FILE#<sha256>#<n> | RUNNER#<id> | PROBE#<ulid> | OUTBOX#<ulid> |
 * SIGNOFF | REPORT#<sha256>#<n> | LOOKS | LOOKED#<task>[@<instance>] | ADDENDUM#<n> |
 * ADDENDUMTEXT#<n> | PEOPLE}, {@code PK = PERSON#<account>} for the onboardings that a member sees,
 * and {@code PK = KEY#<key>} for idempotency keys and for acts that happen once in a time. Sparse
 * indexes: {@code signals} (items for Wake), {@code open-work} (work that waits for people, by
 * party and due date, who is blocked, addenda to be told, and erasures to come), {@code
 * onboardings} (by state).
 */
package dev.slipway.ledger;
