internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let grants = [
    Promise("grants, codes and refresh families come back as they were stored") { bench in
      let settled = try await bench.settle()
      let personal = bench.samples.grant(settled.application, settled.session, offline: true)
      let family = bench.samples.refreshFamily(settled.grant)
      let code = bench.samples.code(settled.grant)
      try await bench.store.write { tx throws in
        try tx.insert(personal)
        try tx.insert(family)
        try tx.insert(code)
      }
      try await bench.store.read { tx throws in
        #expect(try tx.grant(settled.grant.id) == settled.grant)
        #expect(try tx.grant(personal.id) == personal)
        #expect(try tx.grant(bench.samples.id()) == nil)
        #expect(try tx.refreshFamily(family.digest) == family)
        #expect(try tx.refreshFamily(bench.samples.digest()) == nil)
      }
    },
    Promise("a code is taken by one of fifty; the others learn which grant must end") { bench in
      let settled = try await bench.settle()
      let code = bench.samples.code(settled.grant)
      try await bench.store.write { try $0.insert(code) }
      let redeemed = try await atOnce { _ in try await bench.store.write { try $0.redeem(code.digest, at: bench.samples.now) } }
      let taken = redeemed.compactMap { if case .taken(let code) = $0 { code } else { nil } }
      let spent = redeemed.compactMap { if case .spent(let code) = $0 { code } else { nil } }
      #expect(taken.count == 1 && spent.count == 49)
      var expected = code
      expected.spentAt = bench.samples.now
      #expect(taken.first == expected)
      #expect(spent.allSatisfy { $0.grant == settled.grant.id })
      if case .unknown = try await bench.store.write({ try $0.redeem(bench.samples.digest(), at: bench.samples.now) }) {
      } else {
        Issue.record("a code that never was is unknown")
      }
    },
    Promise("an expired code is burnt by the attempt") { bench in
      let settled = try await bench.settle()
      let code = bench.samples.code(settled.grant)
      try await bench.store.write { try $0.insert(code) }
      let late = code.expiresAt + .hours(1)
      guard case .taken(let first) = try await bench.store.write({ try $0.redeem(code.digest, at: late) }) else {
        Issue.record("expiry is the caller's to judge")
        return
      }
      #expect(first.expiresAt < late)
      guard case .spent = try await bench.store.write({ try $0.redeem(code.digest, at: late) }) else {
        Issue.record("the code is not burnt")
        return
      }
    },
    Promise("a refresh family moves on by one of fifty, and remains one row") { bench in
      let settled = try await bench.settle()
      let family = bench.samples.refreshFamily(settled.grant)
      try await bench.store.write { try $0.insert(family) }
      let renewed = try await atOnce { index in
        var next = family
        next.turn = bench.samples.digest()
        next.issuedAt = bench.samples.now + .seconds(Int64(index))
        next.expiresAt = next.issuedAt + .days(14)
        let moving = next
        return try await bench.store.write { try $0.renew(moving, from: family.turn) } ? moving : nil
      }.compactMap(\.self)
      #expect(renewed.count == 1)
      #expect(try await bench.store.read { try $0.refreshFamily(family.digest) } == renewed.first)
      let stranger = bench.samples.refreshFamily(settled.grant)
      #expect(try await !bench.store.write { try $0.renew(stranger, from: stranger.turn) }, "a family that never was")
    },
    Promise("a grant ends once, by one of fifty, and keeps its first ending") { bench in
      let settled = try await bench.settle()
      let ended = try await atOnce { _ in
        try await bench.store.write { try $0.endGrant(settled.grant.id, as: .codeReplayed, at: bench.samples.now) }
      }
      #expect(ended.count { $0 } == 1)
      #expect(try await !bench.store.write { try $0.endGrant(settled.grant.id, as: .revoked, at: bench.samples.now + .hours(1)) })
      let stored = try await bench.store.read { try $0.grant(settled.grant.id) }
      #expect(stored?.ending == .codeReplayed && stored?.endedAt == bench.samples.now)
      #expect(bench.policy.changes.reduce(0) { $0 + $1.endedGrants.count } == 1)
    },
    Promise("the grants of a session end with it, those with offline access only when that is asked for") { bench in
      let settled = try await bench.settle()
      let offline = bench.samples.grant(settled.application, settled.session, offline: true)
      let otherSession = bench.samples.session(settled.account)
      let foreign = bench.samples.grant(settled.application, otherSession)
      try await bench.store.write { tx throws in
        try tx.insert(otherSession)
        try tx.insert(offline)
        try tx.insert(foreign)
        try tx.endGrants(session: settled.session.id, includingOffline: false, as: .sessionEnded, at: bench.samples.now)
        #expect(try Set(tx.openGrants(of: settled.account.id).map(\.id)) == [offline.id, foreign.id])
        try tx.endGrants(session: settled.session.id, includingOffline: true, as: .signedOut, at: bench.samples.now)
        #expect(try tx.openGrants(of: settled.account.id) == [foreign])
        #expect(try tx.grant(settled.grant.id)?.ending == .sessionEnded)
        #expect(try tx.grant(offline.id)?.ending == .signedOut)
      }
      #expect(bench.policy.last?.endedGrants.keys.sorted() == [settled.grant.id, offline.id].sorted())
    },
    Promise("grants end by account, by account in one organization, and by application") { bench in
      let settled = try await bench.settle()
      let other = try await bench.settle()
      let elsewhere = bench.samples.grant(settled.application, settled.session, in: other.organization.id)
      let otherApplication = bench.samples.grant(other.application, settled.session, in: settled.organization.id)
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        try tx.insert(elsewhere)
        try tx.insert(otherApplication)
        try tx.endGrants(account: settled.account.id, organization: other.organization.id, as: .suspended, at: now)
        #expect(try Set(tx.openGrants(of: settled.account.id).map(\.id)) == [settled.grant.id, otherApplication.id])
        try tx.endGrants(application: settled.application.id, as: .applicationDisabled, at: now)
        #expect(try tx.openGrants(of: settled.account.id).map(\.id) == [otherApplication.id])
        try tx.endGrants(account: settled.account.id, as: .passwordChanged, at: now)
        #expect(try tx.openGrants(of: settled.account.id).isEmpty)
        #expect(try tx.openGrants(of: other.account.id) == [other.grant])
      }
    },
    Promise("all that is open of everybody ends at once, and what had ended keeps its ending") { bench in
      let (first, second) = (try await bench.settle(), try await bench.settle())
      let codes = [bench.samples.code(first.grant), bench.samples.code(second.grant)]
      let invitations = [first, second].map { bench.samples.invitation($0.organization.id, .operation(by: nil)) }
      let links = invitations.map { bench.samples.link($0.id) }
      try await bench.store.write { tx throws in
        for code in codes { try tx.insert(code) }
        for invitation in invitations { try tx.insert(invitation) }
        for link in links { try tx.insert(link) }
        _ = try tx.redeem(codes[0].digest, at: bench.samples.now)
        _ = try tx.useInvitationLink(links[0].digest, at: bench.samples.now)
        _ = try tx.endSession(first.session.id, as: .signedOut, at: bench.samples.now)
        _ = try tx.endGrant(first.grant.id, as: .signedOut, at: bench.samples.now)
      }
      bench.now.advance(by: .seconds(1))
      let counts = try await bench.store.write { tx throws in
        try tx.spendEveryCode(at: bench.samples.now)
        return [
          try tx.endEverySession(as: .endedByAdministrator, at: bench.samples.now),
          try tx.endEveryGrant(as: .revoked, at: bench.samples.now), try tx.endEveryInvitationLink(as: .replaced),
        ]
      }
      #expect(counts == [1, 1, 1])
      try await bench.store.read { tx throws in
        #expect(try tx.session(first.session.id)?.ending == .signedOut)
        #expect(try tx.session(second.session.id)?.ending == .endedByAdministrator)
        #expect(try tx.grant(first.grant.id)?.ending == .signedOut && tx.grant(second.grant.id)?.ending == .revoked)
        #expect(try links.map { try tx.invitationLink($0.digest)?.state } == [.used, .replaced])
      }
      guard case .spent = try await bench.store.write({ try $0.redeem(codes[1].digest, at: bench.samples.now) }) else {
        Issue.record("a code was good after all were spent")
        return
      }
      let whole = try await bench.store.read { try $0.policyFacts(.everything(endedSince: bench.samples.now)) }
      #expect(whole.endOfTokens == bench.samples.now)
    },
    Promise("a token on the deny list stays there until the later of its ends") { bench in
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        try tx.revokeToken("token", until: now + .minutes(5))
        try tx.revokeToken("token", until: now + .minutes(2))
      }
      let whole = try await bench.store.read { try $0.policyFacts(.everything(endedSince: now)) }
      #expect(whole.revokedTokens == ["token": now + .minutes(5)])
    },
    Promise("cleaning up takes what can matter no more, and a replay of the rest is still recognised") { bench in
      let settled = try await bench.settle()
      let ended = bench.samples.grant(settled.application, settled.session)
      let (live, dead) = (bench.samples.code(settled.grant), bench.samples.code(ended))
      let family = bench.samples.refreshFamily(settled.grant)
      let now = bench.samples.now
      let limit = now + .days(20)
      try await bench.store.write { tx throws in
        try tx.insert(ended)
        for code in [live, dead] {
          try tx.insert(code)
          _ = try tx.redeem(code.digest, at: now)
        }
        try tx.insert(family)
        _ = try tx.endGrant(ended.id, as: .revoked, at: now)
        try tx.revokeToken("over", until: now)
        try tx.revokeToken("living", until: limit)
        #expect(try tx.deleteEndedGrants(before: limit, atMost: 100) == 2)
        #expect(try tx.grant(ended.id) == nil)
        if case .unknown = try tx.redeem(dead.digest, at: limit) {} else { Issue.record("the dead code is still there") }
        if case .spent = try tx.redeem(live.digest, at: limit) {} else { Issue.record("a replay of the code goes unnoticed") }
        #expect(try tx.refreshFamily(family.digest) == family, "a replay of its tokens would go unnoticed")
        #expect(try tx.deleteEndedGrants(before: now + .days(60), atMost: 100) == 2)
        #expect(try tx.grant(settled.grant.id) == nil)
      }
    },
    Promise("grants whose code nobody redeemed go without a trace, the newest of a session and an application stay") { bench in
      let settled = try await bench.settle()
      let other = try await bench.settle()
      let otherApplication = bench.samples.grant(other.application, settled.session)
      let unredeemed = (0..<5).map { _ in bench.samples.grant(settled.application, settled.session) }
      let redeemed = bench.samples.grant(settled.application, settled.session)
      let code = bench.samples.code(redeemed)
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        for grant in unredeemed + [otherApplication, redeemed] { try tx.insert(grant) }
        for grant in unredeemed + [otherApplication] { try tx.insert(bench.samples.code(grant)) }
        try tx.insert(code)
        _ = try tx.redeem(code.digest, at: now)
        try tx.deleteUnredeemedGrants(session: settled.session.id, application: settled.application.id, exceptNewest: 2)
        let left = try Set(tx.openGrants(of: settled.account.id).map(\.id))
        #expect(left.intersection(unredeemed.map(\.id)).count == 2)
        // One without any code is none of them.
        #expect(left.isSuperset(of: [otherApplication.id, redeemed.id, settled.grant.id]))
        #expect(try tx.deleteUnredeemedGrants(codeExpiredBefore: code.expiresAt, atMost: 10) == 0)
        #expect(try tx.deleteUnredeemedGrants(codeExpiredBefore: code.expiresAt + .seconds(1), atMost: 2) == 2)
        #expect(try tx.deleteUnredeemedGrants(codeExpiredBefore: code.expiresAt + .seconds(1), atMost: 10) == 1)
        #expect(try Set(tx.openGrants(of: settled.account.id).map(\.id)) == [redeemed.id, settled.grant.id])
      }
      #expect(bench.policy.changes.flatMap { $0.endedGrants.keys }.isEmpty)
    },
  ]
}
