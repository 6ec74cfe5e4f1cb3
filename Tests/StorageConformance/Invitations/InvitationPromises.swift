internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let invitations = [
    Promise("invitations of every purpose come back as they were stored") { bench in
      let settled = try await bench.settle()
      let agreement = bench.samples.agreement(settled.organization.id)
      try await bench.store.write { try $0.insert(agreement) }
      let purposes: [Invitation.Purpose] = [
        .agreement(agreement.id), .member(inviter: settled.account.id), .operation(by: nil),
        .operation(by: settled.application.id),
      ]
      for purpose in purposes {
        let invitation = bench.samples.invitation(settled.organization.id, purpose)
        try await bench.store.write { try $0.insert(invitation) }
        #expect(try await bench.store.read { try $0.invitation(invitation.id) } == invitation)
        var accepted = invitation
        accepted.state = .accepted
        accepted.acceptedBy = settled.account.id
        accepted.roles = []
        accepted.country = nil
        let changed = accepted
        #expect(try await bench.store.write { try $0.update(changed) })
        #expect(try await !bench.store.write { try $0.update(changed) })
        accepted.version += 1
        #expect(try await bench.store.read { try $0.invitation(invitation.id) } == accepted)
      }
    },
    Promise("of the invitations an agreement caused for an address the newest is found, however the address is written") {
      bench in
      let settled = try await bench.settle()
      let agreement = bench.samples.agreement(settled.organization.id)
      let email = try bench.samples.email("Ada@Contoso.test")
      let older = bench.samples.invitation(settled.organization.id, .agreement(agreement.id), email: email)
      bench.now.advance(by: .hours(1))
      let newer = bench.samples.invitation(
        settled.organization.id, .agreement(agreement.id), email: try bench.samples.email("ADA@contoso.TEST"))
      try await bench.store.write { tx throws in
        try tx.insert(agreement)
        try tx.insert(newer)
        try tx.insert(older)
      }
      let spelled = try bench.samples.email("ada@contoso.test")
      try await bench.store.read { tx throws in
        #expect(try tx.invitation(agreement: agreement.id, email: spelled)?.id == newer.id)
        #expect(try tx.invitation(agreement: agreement.id, email: bench.samples.email()) == nil)
        #expect(try Set(tx.pendingInvitations(agreement: agreement.id).map(\.id)) == [older.id, newer.id])
      }
    },
    Promise("the pending invitation of an address that no agreement caused is found in its own organization only") { bench in
      let settled = try await bench.settle()
      let other = try await bench.settle()
      let invitation = bench.samples.invitation(settled.organization.id, .member(inviter: settled.account.id))
      let operation = bench.samples.invitation(settled.organization.id, .operation(by: nil))
      let agreement = bench.samples.agreement(settled.organization.id)
      let named = bench.samples.invitation(settled.organization.id, .agreement(agreement.id))
      try await bench.store.write { tx throws in
        try tx.insert(agreement)
        try tx.insert(named)
        try tx.insert(invitation)
        try tx.insert(operation)
      }
      try await bench.store.read { tx throws in
        #expect(try tx.pendingMemberInvitation(organization: settled.organization.id, email: invitation.email) == invitation)
        #expect(try tx.pendingMemberInvitation(organization: settled.organization.id, email: operation.email) == operation)
        #expect(try tx.pendingMemberInvitation(organization: settled.organization.id, email: named.email) == nil)
        #expect(try tx.pendingMemberInvitation(organization: other.organization.id, email: invitation.email) == nil)
      }
      var withdrawn = invitation
      withdrawn.state = .withdrawn
      let changed = withdrawn
      #expect(try await bench.store.write { try $0.update(changed) })
      try await bench.store.read { tx throws in
        #expect(try tx.pendingMemberInvitation(organization: settled.organization.id, email: invitation.email) == nil)
        let listed = try tx.invitations(organization: settled.organization.id, state: .withdrawn, PageRequest())
        #expect(listed.items.map(\.id) == [invitation.id])
        #expect(try tx.invitations(organization: nil, state: nil, PageRequest()).items.count == 3)
      }
    },
    Promise("the pending invitation for choosing a password is found by itself, and never as any other") { bench in
      let settled = try await bench.settle()
      let home = settled.organization.id
      let email = bench.samples.email()
      let operation = bench.samples.invitation(home, .operation(by: nil), email: email)
      let password = withoutRoles(bench.samples.invitation(home, .operation(by: nil), email: email))
      let named = withoutRoles(bench.samples.invitation(home, .operation(by: settled.application.id)))
      try await bench.store.write { tx throws in for invitation in [password, operation, named] { try tx.insert(invitation) } }
      try await bench.store.read { tx throws in
        #expect(try tx.pendingPasswordInvitation(organization: home, email: email) == password)
        #expect(try tx.pendingMemberInvitation(organization: home, email: email) == operation)
        #expect(try tx.pendingPasswordInvitation(organization: home, email: named.email) == nil)
        #expect(try tx.pendingMemberInvitation(organization: home, email: named.email) == named)
      }
      var withdrawn = password
      withdrawn.state = .withdrawn
      let changed = withdrawn
      #expect(try await bench.store.write { try $0.update(changed) })
      #expect(try await bench.store.read { try $0.pendingPasswordInvitation(organization: home, email: email) } == nil)
    },
    Promise("a link is used once, by one of fifty who try") { bench in
      let (_, link) = try await invited(bench)
      let used = try await atOnce { _ in
        try await bench.store.write { try $0.useInvitationLink(link.digest, at: bench.samples.now) }
      }
      #expect(used.count { $0 } == 1)
      #expect(try await bench.store.read { try $0.invitationLink(link.digest)?.state } == .used)
    },
    Promise("a link is good until its end, and a microsecond later it is not") { bench in
      let (_, early) = try await invited(bench)
      let (_, late) = try await invited(bench)
      #expect(try await !bench.store.write { try $0.useInvitationLink(late.digest, at: late.expiresAt + .microseconds(1)) })
      #expect(try await bench.store.read { try $0.invitationLink(late.digest) } == late)
      #expect(try await bench.store.write { try $0.useInvitationLink(early.digest, at: early.expiresAt) })
    },
    Promise("ending the links of an invitation ends the live ones and leaves the others as they were") { bench in
      let (invitation, used) = try await invited(bench)
      bench.now.advance(by: .minutes(1))
      let live = bench.samples.link(invitation.id)
      let (_, foreign) = try await invited(bench)
      try await bench.store.write { tx throws in
        try tx.insert(live)
        #expect(try tx.latestInvitationLink(invitation.id) == live)
        #expect(try tx.useInvitationLink(used.digest, at: bench.samples.now))
        try tx.endInvitationLinks(invitation.id, as: .replaced)
      }
      try await bench.store.write { tx throws in
        #expect(try tx.invitationLink(used.digest)?.state == .used)
        #expect(try tx.invitationLink(live.digest)?.state == .replaced)
        #expect(try tx.invitationLink(foreign.digest)?.state == .live)
        #expect(try !tx.useInvitationLink(live.digest, at: bench.samples.now))
        #expect(try !tx.useInvitationLink(bench.samples.digest(), at: bench.samples.now))
        #expect(try tx.invitationLink(bench.samples.digest()) == nil)
      }
    },
  ]

  private static func invited(_ bench: Bench) async throws -> (Invitation, InvitationLink) {
    let organization = bench.samples.organization()
    let invitation = bench.samples.invitation(organization.id, .operation(by: nil))
    let link = bench.samples.link(invitation.id)
    try await bench.store.write { tx throws in
      try tx.insert(organization)
      try tx.insert(invitation)
      try tx.insert(link)
    }
    return (invitation, link)
  }
}

private func withoutRoles(_ invitation: Invitation) -> Invitation {
  var changed = invitation
  changed.roles = []
  return changed
}
