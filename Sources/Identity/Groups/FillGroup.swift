package import AccessControl
internal import Primitives

/// Lets somebody belong to a group. They receive everything that it holds, so whoever adds them must be able to give it.
package struct AddToGroup: Sendable {
  package struct Added: Sendable {
    package let member: SeenGroupMember
    /// False when they belonged to it before.
    package let isNew: Bool
  }

  package init() {}

  /// Needs `user:manage` in the organization; where the group holds roles, also `role:assign` and the right to give each of them.
  ///
  /// - Throws: `GroupRefusal`, `HoldingLimits.Reached`, `AccessDenied`.
  package func callAsFunction(
    _ name: PrincipalName, to id: GroupID, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> Added {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.userManage, in: organization, occasion)
      let group = try tx.group(id, of: organization)
      guard let member = try tx.principal(name, in: organization)?.groupMember else { throw GroupRefusal.memberUnknown }
      let membership = GroupMembership(
        group: id, organization: organization, member: member, addedBy: occasion.actor.auditName, addedAt: occasion.now)
      let memberships = try tx.groupMemberships(of: member).filter { $0.organization == organization }
      if let known = memberships.first(where: { $0.group == id }) {
        return Added(member: SeenGroupMember(membership: known, name: name), isNew: false)
      }
      guard memberships.count < HoldingLimits.groups else { throw HoldingLimits.Reached.groups }
      guard try tx.memberCount(of: id) < HoldingLimits.members else { throw HoldingLimits.Reached.members }
      guard try tx.insert(try tx.warrant(toAdd: membership, under: permit)) else { throw GroupRefusal.changedMeanwhile }
      try tx.record(
        .groupMemberAdded, on: member.holder.auditName, in: organization, before: nil,
        after: ["group": .string(group.id.auditName)], occasion)
      return Added(member: SeenGroupMember(membership: membership, name: name), isNew: true)
    }
  }
}

/// Ends somebody's place in a group, and with it everything they have by it.
package struct RemoveFromGroup: Sendable {
  package init() {}

  /// Needs `user:manage` in the organization, and the right to take each role that the group holds.
  ///
  /// - Throws: `GroupRefusal`; `.memberUnknown` also for somebody who does not belong to the group. `AccessDenied`.
  package func callAsFunction(
    _ name: PrincipalName, from id: GroupID, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.userManage, in: organization, occasion)
      let group = try tx.group(id, of: organization)
      guard let member = try tx.principal(name, in: organization)?.groupMember,
        try tx.remove(member, from: group, under: permit, occasion)
      else { throw GroupRefusal.memberUnknown }
    }
  }
}

/// Somebody's place in a group, with their name as the outside knows it.
package struct SeenGroupMember: Sendable, Hashable {
  package let membership: GroupMembership
  package let name: PrincipalName
}

extension Transaction {
  /// Ends a place in a group, and records it.
  ///
  /// - Throws: `AccessDenied` when the permit's holder may not take what the group holds.
  /// - Returns: false when they did not belong to it.
  func remove(_ member: GroupMember, from group: Group, under permit: Permit, _ occasion: Occasion) throws -> Bool {
    guard try delete(try warrant(toRemove: member, from: group, under: permit)) else { return false }
    try recordLeaving(member, group, occasion)
    return true
  }

  func recordLeaving(_ member: GroupMember, _ group: Group, _ occasion: Occasion) throws {
    try record(
      .groupMemberRemoved, on: member.holder.auditName, in: group.organization, before: ["group": .string(group.id.auditName)],
      after: nil, occasion)
  }
}
