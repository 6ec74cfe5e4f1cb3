/// One step of the schema, forward only. Once released, a migration never changes: a correction is the next number.
package struct Migration: Sendable {
  package let number: Int64
  package let name: String
  package let sql: String
  /// The oldest schema whose programs can go on with this one. A migration that only adds keeps the one before it: then old and new instances run
  /// side by side while an installation is upgraded. What nobody needs any more is taken away a release later, by a migration that raises it.
  package var servesFrom: Int64 = 6

  /// Every migration in the order of its number, from an empty file.
  package static let all: [Migration] = [
    Migration(number: 1, name: "the front door", sql: frontDoor),
    Migration(number: 2, name: "refresh families", sql: refreshFamilies),
    Migration(number: 3, name: "audience holders", sql: audienceHolders),
    Migration(number: 4, name: "unredeemed codes", sql: unredeemedCodes),
    Migration(number: 5, name: "audit positions", sql: auditPositions),
    Migration(number: 6, name: "ways back", sql: waysBack),
    Migration(number: 7, name: "jobs", sql: jobs),
    Migration(number: 8, name: "sealed audit", sql: sealedAudit),
    Migration(number: 9, name: "policy changes", sql: policyChanges),
    Migration(number: 10, name: "side by side", sql: sideBySide),
    Migration(number: 11, name: "defined roles", sql: definedRoles),
    Migration(number: 12, name: "principals", sql: principals),
    Migration(number: 13, name: "access reviews", sql: accessReviews),
    Migration(number: 14, name: "role exclusions", sql: roleExclusions),
    Migration(number: 15, name: "past holders", sql: pastHolders),
    Migration(number: 16, name: "role limits", sql: roleLimits),
  ]

  /// The oldest schema that can be read without being migrated first: from here on there is a sealed audit trail.
  static var firstReadable: Int64 { all.first { $0.sql == sealedAudit }?.number ?? newest }

  /// The newest schema this version understands.
  package static var newest: Int64 { all.last?.number ?? 0 }
}
