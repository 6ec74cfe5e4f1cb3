internal import AccessControl
internal import Dispatch
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

private struct ChangedItsMind: Error {}

extension Promise {
  static let transactions = [
    Promise("what is only rehearsed is seen by the rehearsal alone, and neither stored nor told") { bench in
      let settled = try await bench.settle()
      let role = RoleAssignment(
        id: bench.samples.id(), organization: settled.organization.id, holder: .account(settled.account.id), role: .reportViewer,
        grantedBy: "command:test", createdAt: bench.samples.now)
      let kept = bench.samples.organization()
      let revision = try await bench.store.read { try $0.policyRevision() }
      try await bench.store.write { tx throws in
        try tx.rehearsing {
          try tx.seed(role)
          #expect(tx.changed.accounts == [settled.account.id] && tx.given.roles.map(\.holder) == [.account(settled.account.id)])
          #expect(try tx.roleAssignment(role.id) == role)
        }
        #expect(tx.changed.accounts.isEmpty && tx.given.roles.isEmpty)
        #expect(try tx.roleAssignment(role.id) == nil)
      }
      #expect(try await bench.store.read { try $0.policyRevision() } == revision)
      // What stands around it is stored, whether before or after.
      try await bench.store.write { tx throws in
        try tx.insert(kept)
        try tx.rehearsing { try tx.seed(role) }
        try tx.rehearsing { try tx.seed(role) }
      }
      try await bench.store.read { tx throws in
        #expect(try tx.organization(kept.id) == kept)
        #expect(try tx.roleAssignment(role.id) == nil)
      }
      if let last = bench.policy.last { #expect(last.accounts.isEmpty && last.organizations.keys.contains(kept.id)) }
      await #expect(throws: StoreError.taken(.membership)) {
        try await bench.store.write { tx throws in
          try tx.insert(bench.samples.organization())
          try tx.rehearsing { try tx.insert(settled.membership) }
        }
      }
    },
    Promise("a write whose body throws leaves nothing behind and passes the error on") { bench in
      let organization = bench.samples.organization()
      let letter = bench.samples.letter()
      let entry = bench.samples.auditEntry()
      await #expect(throws: ChangedItsMind.self) {
        try await bench.store.write { tx throws in
          try tx.insert(organization)
          try tx.enqueue(letter)
          try tx.append(entry)
          throw ChangedItsMind()
        }
      }
      let left = try await bench.store.read { tx throws in
        (
          try tx.organization(organization.id), try tx.waitingLetters().count,
          try tx.unsealedAudit(behind: tx.auditHead(), limit: 10)
        )
      }
      #expect(left.0 == nil && left.1 == 0 && left.2.isEmpty)
    },
    Promise("a refused statement leaves the earlier changes of its body undone too, when the body passes the refusal on") {
      bench in
      let settled = try await bench.settle()
      let other = bench.samples.organization()
      await #expect(throws: StoreError.taken(.membership)) {
        try await bench.store.write { tx throws in
          try tx.insert(other)
          try tx.insert(settled.membership)
        }
      }
      #expect(try await bench.store.read { try $0.organization(other.id) } == nil)
    },
    Promise("a body that swallows a refusal is refused all the same, and leaves nothing behind") { bench in
      let settled = try await bench.settle()
      let (before, after) = (bench.samples.organization(), bench.samples.organization())
      await #expect(throws: StoreError.taken(.membership)) {
        try await bench.store.write { tx throws in
          try tx.insert(before)
          do { try tx.insert(settled.membership) } catch StoreError.taken {}
        }
      }
      await #expect(throws: StoreError.taken(.membership)) {
        try await bench.store.write { tx throws in
          do { try tx.insert(settled.membership) } catch StoreError.taken {}
          try tx.insert(after)
        }
      }
      let left = try await bench.store.read { tx in [try tx.organization(before.id), try tx.organization(after.id)] }
      #expect(left == [nil, nil])
    },
    Promise("one write failing does not touch another that runs at the same time") { bench in
      let organizations = (0..<40).map { _ in bench.samples.organization() }
      let written = try await atOnce(40) { index in
        do {
          return try await bench.store.write { tx throws in
            try tx.insert(organizations[index])
            if index.isMultiple(of: 3) { throw ChangedItsMind() }
            return true
          }
        } catch is ChangedItsMind {
          return false
        }
      }
      let stored = try await bench.store.read { try $0.organizations(PageRequest(limit: 100)).items }
      #expect(written.count { $0 } == 26)
      #expect(Set(stored) == Set(organizations.indices.filter { !$0.isMultiple(of: 3) }.map { organizations[$0] }))
    },
    Promise("a body reads what it wrote, and nobody else does before the commit") { bench in
      let organization = bench.samples.organization()
      let inside = DispatchSemaphore(value: 0)
      let looked = DispatchSemaphore(value: 0)
      async let writing = bench.store.write { tx throws in
        try tx.insert(organization)
        inside.signal()
        looked.wait()
        return try tx.organization(organization.id)
      }
      let seen = try await bench.store.read { tx throws in
        // Also: a read never waits for a writer, or this would stand here for ever.
        inside.wait()
        defer { looked.signal() }
        return try tx.organization(organization.id)
      }
      #expect(try await writing == organization)
      #expect(seen == nil)
      #expect(try await bench.store.read { try $0.organization(organization.id) } == organization)
    },
    Promise("a read sees one state from its first statement to its last") { bench in
      let organization = bench.samples.organization()
      let began = DispatchSemaphore(value: 0)
      let committed = DispatchSemaphore(value: 0)
      async let reading = bench.store.read { tx throws in
        let before = try tx.organizations(PageRequest()).items.count
        began.signal()
        committed.wait()
        return (before, try tx.organizations(PageRequest()).items.count)
      }
      try await bench.store.write { tx throws in
        began.wait()
        try tx.insert(organization)
      }
      committed.signal()
      #expect(try await reading == (0, 0))
    },
    Promise("writes are serial: of fifty that read a counter and set it one higher, none is lost") { bench in
      _ = try await atOnce(50) { _ in
        try await bench.store.write { tx throws in
          var state = try tx.throttle("key") ?? ThrottleState(failures: 0, since: bench.samples.now)
          state.failures += 1
          try tx.setThrottle("key", to: state)
        }
      }
      #expect(try await bench.store.read { try $0.throttle("key")?.failures } == 50)
    },
    Promise("a write that has begun is not cut short when its caller gives up") { bench in
      let organization = bench.samples.organization()
      let inside = DispatchSemaphore(value: 0)
      let cancelled = DispatchSemaphore(value: 0)
      let writing = Task {
        try await bench.store.write { tx throws in
          inside.signal()
          cancelled.wait()
          try tx.insert(organization)
        }
      }
      try await bench.store.read { _ in inside.wait() }
      writing.cancel()
      cancelled.signal()
      try await writing.value
      #expect(try await bench.store.read { try $0.organization(organization.id) } == organization)
    },
    Promise("inside read every changing call is refused") { bench in
      let settled = try await bench.settle()
      for (name, change) in try changes(bench, settled) {
        await #expect(throws: StoreError.readOnly, "\(name)") { try await bench.store.read { tx in try change(tx) } }
      }
    },
  ]

  private typealias Change = @Sendable (any Transaction) throws -> Void

  /// One of every kind of changing call.
  private static func changes(_ bench: Bench, _ settled: Settled) throws -> [(String, Change)] {
    let samples = bench.samples
    let now = samples.now
    let invitation = samples.invitation(settled.organization.id, .operation(by: nil))
    let signUp = try samples.signUp()
    let password = StoredPassword(hash: try samples.passwordHash(), changedAt: now)
    let nobody = InstanceName(trusted: "nobody")
    let token = InitialAccessToken(digest: samples.digest(), createdBy: "x", createdAt: now, expiresAt: now, usesLeft: 1)
    let link = samples.link(invitation.id)
    return [
      ("insert organization", { try $0.insert(samples.organization()) }),
      ("update organization", { _ = try $0.update(settled.organization) }),
      ("insert agreement", { try $0.insert(samples.agreement(settled.organization.id)) }),
      ("insert resource", { try $0.insert(samples.resource(settled.organization.id)) }),
      ("delete resource", { _ = try $0.deleteResource(type: "order", id: "1") }),
      ("insert invitation", { try $0.insert(invitation) }),
      ("insert link", { try $0.insert(link) }),
      ("end links", { try $0.endInvitationLinks(invitation.id, as: .withdrawn) }),
      ("use link", { _ = try $0.useInvitationLink(link.digest, at: now) }),
      ("update account", { _ = try $0.update(settled.account) }),
      ("insert sign-up", { try $0.insert(signUp) }),
      ("use sign-up", { _ = try $0.usePendingSignUp(signUp.link, at: now) }),
      ("set password", { try $0.setPassword(password, of: settled.account.id) }),
      ("insert pepper", { try $0.insert(StoredPepper(id: "p", sealed: "s", createdAt: now)) }),
      ("remember device", { try $0.rememberDevice(samples.digest(), of: settled.account.id, at: now, besides: 9) }),
      ("set throttle", { try $0.setThrottle("k", to: ThrottleState(failures: 1, since: now)) }),
      ("clear throttle", { try $0.clearThrottle("k") }),
      ("insert session", { try $0.insert(samples.session(settled.account)) }),
      ("touch session", { try $0.touchSession(settled.session.id, at: now) }),
      ("end session", { _ = try $0.endSession(settled.session.id, as: .signedOut, at: now) }),
      ("end sessions", { _ = try $0.endSessions(of: settled.account.id, except: nil, as: .signedOut, at: now) }),
      ("update membership", { _ = try $0.update(settled.membership) }),
      ("delete membership", { _ = try $0.unseedMembership(settled.account.id, in: settled.organization.id) }),
      (
        "insert role",
        { try $0.seed(samples.assignment(.reportViewer, of: .account(settled.account.id), in: settled.organization.id)) }
      ),
      (
        "delete role",
        { try $0.unseed(samples.assignment(.reportViewer, of: .account(settled.account.id), in: settled.organization.id)) }
      ),
      ("insert group", { try $0.insert(samples.group(settled.organization.id)) }),
      ("update group", { _ = try $0.update(samples.group(settled.organization.id)) }),
      ("insert subject", { try $0.insert(samples.subject(settled.organization.id)) }),
      ("update subject", { _ = try $0.update(samples.subject(settled.organization.id)) }),
      ("insert role definition", { try $0.seed(samples.definedRole(settled.organization.id)) }),
      ("update application", { _ = try $0.update(settled.application) }),
      ("delete application", { _ = try $0.unseed(settled.application) }),
      ("insert initial access token", { try $0.insert(token) }),
      ("use initial access token", { _ = try $0.useInitialAccessToken(token.digest, at: now) }),
      ("end grant", { _ = try $0.endGrant(settled.grant.id, as: .revoked, at: now) }),
      ("insert code", { try $0.insert(samples.code(settled.grant)) }),
      ("redeem", { _ = try $0.redeem(samples.digest(), at: now) }),
      ("insert refresh family", { try $0.insert(samples.refreshFamily(settled.grant)) }),
      ("renew", { _ = try $0.renew(samples.refreshFamily(settled.grant), from: samples.digest()) }),
      ("revoke token", { try $0.revokeToken("t", until: now) }),
      ("clean grants", { _ = try $0.deleteEndedGrants(before: now, atMost: 1) }),
      (
        "delete unredeemed grants",
        {
          try $0.deleteUnredeemedGrants(session: settled.session.id, application: settled.application.id, exceptNewest: 1)
        }
      ),
      ("clean unredeemed grants", { _ = try $0.deleteUnredeemedGrants(codeExpiredBefore: now, atMost: 1) }),
      ("clean throttles", { _ = try $0.deleteThrottles(before: now, atMost: 1) }),
      ("clean sessions", { _ = try $0.deleteSessions(expiredBefore: now, atMost: 1) }),
      ("clean sign-ups", { _ = try $0.deletePendingSignUps(expiredBefore: now, atMost: 1) }),
      ("clean initial access tokens", { _ = try $0.deleteInitialAccessTokens(expiredBefore: now, atMost: 1) }),
      ("clean invitation links", { _ = try $0.deleteInvitationLinks(expiredBefore: now, atMost: 1) }),
      ("clean policy changes", { _ = try $0.deletePolicyChanges(before: now, atMost: 1) }),
      ("clean devices", { _ = try $0.deleteDevices(seenBefore: now, atMost: 1) }),
      ("insert signing key", { try $0.insert(samples.signingKey()) }),
      ("set root key proof", { try $0.setRootKeyProof("p") }),
      ("append audit entry", { try $0.append(samples.auditEntry()) }),
      ("count failure", { try $0.countFailure("e", hour: now) }),
      ("enqueue", { try $0.enqueue(samples.letter()) }),
      ("take letters", { _ = try $0.takeDueLetters(at: now, heldBy: nobody, until: now, limit: 1) }),
      ("remove letter", { try $0.removeLetter(samples.id()) }),
      ("give up letter", { _ = try $0.giveUpLetter(samples.id(), heldBy: nobody) }),
      ("insert job", { try $0.insert(samples.job()) }),
      ("take jobs", { _ = try $0.takeDueJobs(.letter, at: now, heldBy: nobody, until: now, limit: 1) }),
      ("renew lease", { _ = try $0.renewLease(of: samples.id(), heldBy: nobody, until: now) }),
      ("release lease", { try $0.releaseLease(of: samples.id(), heldBy: nobody) }),
      ("finish job", { _ = try $0.finishJob(samples.id(), heldBy: nobody, at: now, dueAgain: now) }),
      ("postpone job", { _ = try $0.postponeJob(samples.id(), heldBy: nobody, until: now, error: "e") }),
      ("remove job", { try $0.removeJob(samples.id()) }),
      ("repeat job", { try $0.repeatJob(.letter, every: .hours(1), dueAt: now, createdAt: now) }),
      ("take lease", { _ = try $0.takeLease(.letter, at: now, heldBy: nobody, until: now) }),
    ]
  }
}
