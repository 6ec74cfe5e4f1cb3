package import AccessControl
internal import Primitives

/// Invites everybody at home in an organization who has no password any more, because the root key was lost: the link of the letter lets them choose
/// one, and their account goes on with everything it had. Who was invited by this before is invited anew.
package struct InvitePeopleWithoutPassword: Sendable {
  /// Somebody of the portal itself, who may be needed before any letter is delivered.
  package struct PortalMember: Sendable, Hashable {
    package let account: AccountID
    package let link: String
  }

  package struct Invited: Sendable, Hashable {
    package var people = 0
    /// Left out: they are invited after they were restored.
    package var suspended = 0
    /// Left out, because their home organization is closed.
    package var ofClosedOrganizations = 0
    package var portalMembers: [PortalMember] = []
  }

  package init() {}

  package func callAsFunction(_ occasion: Occasion, env: Environment) async throws -> Invited {
    var invited = Invited()
    var last: AccountID?
    while true {
      let people = try await env.store.read { [last] tx in try tx.workAccountsWithoutPassword(after: last, limit: 100) }
      guard let next = people.last?.id else { return invited }
      for person in people {
        switch try await invite(person.id, occasion, env: env) {
        case .nothing: break
        case .suspended: invited.suspended += 1
        case .closed: invited.ofClosedOrganizations += 1
        case .letter: invited.people += 1
        case .link(let link):
          invited.people += 1
          invited.portalMembers.append(PortalMember(account: person.id, link: link))
        }
      }
      last = next
    }
  }

  private enum Outcome: Sendable { case nothing, suspended, closed, letter, link(String) }

  private func invite(_ id: AccountID, _ occasion: Occasion, env: Environment) async throws -> Outcome {
    try await env.store.write { tx in
      guard let person = try tx.account(id), try tx.passwordHash(of: id) == nil else { return .nothing }
      guard person.state == .active else { return .suspended }
      guard let home = try tx.activeHome(of: person) else { return .closed }
      guard home.kind == .portal else {
        return try tx.sendPasswordLink(to: person, occasion, env: env) == nil ? .nothing : .letter
      }
      let invitation = try tx.makePasswordInvitation(for: person, home, occasion)
      let (secret, _) = try tx.makeInvitationLink(for: invitation, occasion, env: env)
      return .link(InvitationAddress.url(of: secret, env.settings))
    }
  }
}

extension Transaction {
  /// Sends somebody who lost their password with the root key the link of their home organization by which they choose another. Every earlier one
  /// is worthless from this commit on.
  ///
  /// - Returns: nil when they have a password, or may not choose one by a letter: suspended people, and the portal's own, whose links only
  ///   the command shows.
  func sendPasswordLink(to person: Account, _ occasion: Occasion, env: Environment) throws -> InvitationLink? {
    guard try mayChoosePasswordAnew(person), let home = try activeHome(of: person), home.kind != .portal else { return nil }
    let invitation = try makePasswordInvitation(for: person, home, occasion)
    return try sendInvitationLink(for: invitation, home, occasion, env: env)
  }

  fileprivate func activeHome(of person: Account) throws -> Organization? {
    try person.home.flatMap { try organization($0) }.flatMap { $0.state == .active ? $0 : nil }
  }

  fileprivate func makePasswordInvitation(for person: Account, _ home: Organization, _ occasion: Occasion) throws -> Invitation {
    if let earlier = try pendingPasswordInvitation(organization: home.id, email: person.email) {
      // Its letter may be gone, its link over or ended, and one that was shown is shown only once.
      try withdraw(earlier, home, occasion)
    }
    // It gives no role: what they held is still held, and `Invitation.choosesPassword` knows it by that.
    let invitation = Invitation(
      id: occasion.newID(), organization: home.id, purpose: .operation(by: nil), email: person.email, name: person.name,
      language: person.language, country: person.country, roles: [], createdAt: occasion.now)
    try insert(invitation)
    try record(.invitationSent, on: invitation.id.auditName, in: home.id, before: nil, after: ["roles": []], occasion)
    return invitation
  }
}
