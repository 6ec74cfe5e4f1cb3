internal import AccessControl
internal import Primitives

/// A member as somebody saw them: account, membership and roles. Whoever decides by what they saw names it, and nothing happens when the member
/// is another by then, so that of two administrators neither undoes silently what the other did.
///
/// Roles count by which are held, because giving and taking one changes neither the account nor the membership.
package struct MemberVersion: Sendable, Hashable {
  /// One word, for a form to carry.
  package let text: String

  package init(presented text: String) { self.text = text }

  fileprivate init(_ member: Member) {
    let roles = member.roles.sorted().map(\.text).joined(separator: "+")
    text = "\(member.account.version).\(member.membership.version).\(roles)"
  }
}

extension Member {
  package var version: MemberVersion { MemberVersion(self) }
}

extension Transaction {
  /// - Returns: nil when this account has no place in the organization.
  func member(_ id: AccountID, in organization: OrganizationID) throws -> Member? {
    guard let account = try account(id), let membership = try membership(id, in: organization) else { return nil }
    return Member(
      account: account, membership: membership,
      roles: try roleAssignments(of: .account(id), in: organization).filter(\.isWhole).map(\.role).sorted())
  }

  /// Makes sure that a member is still as the actor saw them.
  ///
  /// - Parameter seen: nil for an actor who did not look first.
  /// - Throws: `MembershipRefusal.changedMeanwhile`.
  func checkUnchanged(_ account: AccountID, in organization: OrganizationID, since seen: MemberVersion?) throws {
    guard let seen else { return }
    guard try member(account, in: organization)?.version == seen else { throw MembershipRefusal.changedMeanwhile }
  }
}
