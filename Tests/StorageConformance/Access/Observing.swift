internal import AccessControl
internal import Dispatch
internal import Identity
internal import Primitives
internal import Synchronization
internal import TestKit
internal import Testing

private struct ChangedItsMind: Error {}

/// Takes until it is allowed to return for taking over what a commit changed.
private final class SlowObserver: PolicyObserver {
  let isBeingTold = DispatchSemaphore(value: 0)
  let mayReturn = DispatchSemaphore(value: 0)

  func apply(_ facts: PolicyFacts) {
    isBeingTold.signal()
    mayReturn.wait()
  }

  func replace(with facts: PolicyFacts) {}
  func confirm(isCurrent: Bool, until: ContinuousClock.Instant?) {}
}

private final class Flag: Sendable {
  private let raised = Atomic(false)

  var isRaised: Bool { raised.load(ordering: .acquiring) }
  func raise() { raised.store(true, ordering: .releasing) }
}

extension Promise {
  static let observing = [
    Promise("the observer knows of a commit before write returns") { bench in
      let organization = bench.samples.organization()
      try await bench.store.write { try $0.insert(organization) }
      #expect(bench.policy.last?.organizations[organization.id] == .some(organization))
      let written = try await bench.store.write { tx in
        var closed = organization
        closed.state = .closed
        return try tx.update(closed)
      }
      #expect(written)
      #expect(bench.policy.last?.organizations[organization.id]??.state == .closed)
    },
    Promise("write does not return while the observer is still being told") { bench in
      let observer = SlowObserver()
      let store = try await bench.engine.makeStore(bench.samples.clock, observer: observer, bell: OutboxBell())
      let organization = bench.samples.organization()
      let returned = Flag()
      let writing = Task {
        try await store.write { try $0.insert(organization) }
        returned.raise()
      }
      try await store.read { _ in observer.isBeingTold.wait() }
      // Time enough for an answer that does not wait; reads wait for nobody.
      for _ in 0..<200 { _ = try await store.read { try $0.policyRevision() } }
      #expect(!returned.isRaised)
      observer.mayReturn.signal()
      try await writing.value
    },
    Promise("what the observer is told, added up, is the whole policy") { bench in
      try await changeEverything(bench)
      let whole = try await bench.store.read { try $0.policyFacts(.everything(endedSince: bench.samples.now - .hours(1))) }
      let sum = bench.policy.sum
      #expect(ComparablePolicy(sum) == ComparablePolicy(whole))
      #expect(sum.revision == whole.revision)
    },
    Promise("what is gone is told as gone") { bench in
      let settled = try await bench.settle()
      let resource = bench.samples.resource(settled.organization.id)
      try await bench.store.write { try $0.insert(resource) }
      #expect(try await bench.store.write { try $0.deleteResource(type: resource.type, id: resource.id) })
      #expect(bench.policy.last?.resources == [ResourceName(type: resource.type, id: resource.id): nil])
      #expect(try await bench.store.write { try $0.unseed(settled.application) })
      let applications = try #require(bench.policy.last?.applications)
      #expect(applications.count == 1 && applications[settled.application.id].map { $0 == nil } == true)
    },
    Promise("commits are told in their order, and each one once") { bench in
      let settled = try await bench.settle()
      let before = bench.policy.changes.count
      _ = try await atOnce(50) { index in
        let resource = RegisteredResource(
          type: "order", id: "concurrent-\(index)", organization: settled.organization.id, createdAt: bench.samples.now)
        try await bench.store.write { try $0.insert(resource) }
        #expect(bench.policy.sum.resources[resource.name]??.organization == settled.organization.id)
      }
      let told = bench.policy.changes.dropFirst(before)
      #expect(zip(told, told.dropFirst()).allSatisfy { $0.revision < $1.revision })
      #expect(told.reduce(0) { $0 + $1.resources.count } == 50)
    },
    Promise("a commit that changes nothing decisions depend on is told to nobody and leaves the revision") { bench in
      let settled = try await bench.settle()
      // What a test may do needs a portal, and the first of them makes it.
      _ = try await bench.store.write { try $0.unseedMembership(bench.samples.id(), in: settled.organization.id) }
      let before = (bench.policy.changes.count, try await bench.store.read { try $0.policyRevision() })
      try await bench.store.write { tx throws in
        try tx.append(bench.samples.auditEntry())
        try tx.enqueue(bench.samples.letter())
        try tx.touchSession(settled.session.id, at: bench.samples.now + .minutes(2))
        _ = try tx.endSession(settled.session.id, as: .signedOut, at: bench.samples.now)
        // Nothing was there to be ended or changed.
        _ = try tx.endGrant(bench.samples.id(), as: .revoked, at: bench.samples.now)
        _ = try tx.unseedMembership(bench.samples.id(), in: settled.organization.id)
      }
      let after = (bench.policy.changes.count, try await bench.store.read { try $0.policyRevision() })
      #expect(before == after)
    },
    Promise("a write that throws is told to nobody, whatever runs beside it") { bench in
      let organizations = (0..<30).map { _ in bench.samples.organization() }
      _ = try await atOnce(30) { index in
        try? await bench.store.write { tx throws in
          try tx.insert(organizations[index])
          if index.isMultiple(of: 2) { throw ChangedItsMind() }
        }
      }
      #expect(
        Set(bench.policy.sum.organizations.keys) == Set(organizations.indices.filter { $0 % 2 == 1 }.map { organizations[$0].id })
      )
    },
    Promise("an agreement's organization counts, whatever is registered under its name") { bench in
      let organization = bench.samples.organization()
      let other = bench.samples.organization()
      let agreement = bench.samples.agreement(organization.id)
      let account = bench.samples.purchasingAccount(agreement)
      try await bench.store.write { tx throws in
        try tx.insert(organization)
        try tx.insert(other)
        try tx.insert(agreement)
        try tx.insert(account)
        for (type, id) in [("agreement", agreement.id.text), ("purchasing-account", account.id.text)] {
          try tx.insert(RegisteredResource(type: type, id: id, organization: other.id, createdAt: bench.samples.now))
        }
      }
      let whole = try await bench.store.read { try $0.policyFacts(.everything(endedSince: bench.samples.now)) }
      for name in [
        ResourceName(type: "agreement", id: agreement.id.text), ResourceName(type: "purchasing-account", id: account.id.text),
      ] {
        #expect(bench.policy.sum.resources[name]??.organization == organization.id)
        #expect(whole.resources[name]??.organization == organization.id)
      }
    },
    Promise("the whole policy leaves out grants and tokens that ended before the moment it is asked for") { bench in
      let settled = try await bench.settle()
      let younger = bench.samples.grant(settled.application, settled.session)
      let now = bench.samples.now
      try await bench.store.write { tx throws in
        try tx.insert(younger)
        _ = try tx.endGrant(settled.grant.id, as: .revoked, at: now)
        _ = try tx.endGrant(younger.id, as: .revoked, at: now + .hours(1))
        try tx.revokeToken("older", until: now)
        try tx.revokeToken("younger", until: now + .hours(1))
      }
      let whole = try await bench.store.read { try $0.policyFacts(.everything(endedSince: now + .hours(1))) }
      #expect(whole.endedGrants == [younger.id: now + .hours(1)])
      #expect(whole.revokedTokens == ["younger": now + .hours(1)])
    },
    Promise("another process's commit reaches the observer") { bench in
      let other = try await bench.store.openAnother(observer: nil)
      let watching = Task { await bench.store.watchOtherProcesses() }
      defer { watching.cancel() }
      let organization = bench.samples.organization()
      try await other.write { try $0.insert(organization) }
      await bench.policy.wait { $0.organizations[organization.id] == .some(organization) }
    },
    Promise("whoever catches up is told at once what another process committed, watched or not") { bench in
      let other = try await bench.store.openAnother(observer: nil)
      let organizations = (bench.samples.organization(), bench.samples.organization())
      for organization in [organizations.0, organizations.1] {
        try await other.write { try $0.insert(organization) }
        try await bench.store.catchUp()
        #expect(bench.policy.sum.organizations[organization.id] == .some(organization))
      }
      let revision = try await other.read { try $0.policyRevision() }
      #expect(bench.policy.sum.revision == revision)
    },
    Promise("a commit that follows another process's brings that one with it, watched or not") { bench in
      let other = try await bench.store.openAnother(observer: nil)
      let organizations = (bench.samples.organization(), bench.samples.organization(), bench.samples.organization())
      try await bench.store.write { try $0.insert(organizations.0) }
      try await other.write { try $0.insert(organizations.1) }
      try await bench.store.write { try $0.insert(organizations.2) }
      #expect(Set(bench.policy.sum.organizations.keys) == [organizations.0.id, organizations.1.id, organizations.2.id])
    },
    Promise("two processes may write at the same time, and neither loses anything") { bench in
      let other = try await bench.store.openAnother(observer: nil)
      _ = try await atOnce(40) { index in
        let store = index.isMultiple(of: 2) ? bench.store : other
        try await store.write { try $0.countFailure("sign-in", hour: bench.samples.now) }
      }
      #expect(try await other.read { try $0.failureCounts(since: bench.samples.now).map(\.count) } == [40])
    },
  ]

  /// Changes every kind of thing that decisions depend on, some of them more than once.
  private static func changeEverything(_ bench: Bench) async throws {
    let settled = try await bench.settle()
    let samples = bench.samples
    let now = samples.now
    let guest = try await bench.join(settled.organization)
    let leaver = try await bench.join(settled.organization)
    let person = samples.account(.personal)
    let agreement = samples.agreement(settled.organization.id)
    let moved = samples.resource(settled.organization.id)
    let gone = samples.resource(settled.organization.id)
    let partner = samples.organization(.partner)
    let machine = samples.application(owner: settled.organization.id, audiences: ["https://machine.test"])
    let deleted = samples.application()
    let taken = samples.assignment(.userAdministrator, of: .account(guest.id), in: settled.organization.id)
    let keys = [samples.signingKey(), samples.signingKey()]
    try await bench.store.write { tx throws in
      try tx.insert(person)
      try tx.insert(partner)
      try tx.insert(agreement)
      try tx.insert(samples.purchasingAccount(agreement))
      try tx.insert(moved)
      try tx.insert(gone)
      try tx.insert(machine)
      try tx.insert(deleted)
      try tx.seed(samples.assignment(.accountAdministrator, of: .account(settled.account.id), in: settled.organization.id))
      try tx.seed(taken)
      try tx.seed(samples.assignment(.reportViewer, of: .application(machine.id), in: settled.organization.id))
      try tx.seed(samples.assignment(.reportViewer, of: .account(leaver.id), in: settled.organization.id))
      for key in keys { try tx.insert(key) }
      try tx.seed(samples.definedRole(settled.organization.id))
      try changeGroups(tx, samples, settled)
    }
    try await bench.store.write { tx throws in
      var suspended = guest
      suspended.state = .suspended
      #expect(try tx.update(suspended))
      var membership = settled.membership
      membership.state = .suspended
      #expect(try tx.update(membership))
      var resource = moved
      resource.organization = partner.id
      #expect(try tx.update(resource))
      var application = machine
      application.isTrusted = true
      application.audiences = ["https://renamed.test"]
      #expect(try tx.update(application))
      #expect(try tx.unseed(taken))
    }
    try await bench.store.write { tx throws in
      #expect(try tx.unseedMembership(leaver.id, in: settled.organization.id))
      #expect(try tx.unseed(deleted))
      #expect(try tx.deleteResource(type: gone.type, id: gone.id))
      try tx.endGrants(session: settled.session.id, includingOffline: true, as: .signedOut, at: now)
      try tx.revokeToken("token", until: now + .minutes(5))
      try tx.retireSigningKey(keys[0].id, at: now, publishedUntil: now + .minutes(15))
    }
    _ = try await bench.store.write { try $0.deleteSigningKeys(publishedBefore: now + .hours(1), atMost: 100) }
  }
}

/// Two groups and subjects of which one each stays, with members and roles.
private func changeGroups(_ tx: any Transaction, _ samples: Samples, _ settled: Settled) throws {
  let organization = settled.organization.id
  let groups = [samples.group(organization), samples.group(organization)]
  let subjects = [samples.subject(organization), samples.subject(organization)]
  for subject in subjects { try tx.insert(subject) }
  for group in groups {
    try tx.insert(group)
    try tx.seed(samples.assignment(.reportViewer, of: .group(group.id), in: organization))
    for member in subjects.map({ GroupMember.subject($0.id) }) + [.account(settled.account.id)] {
      try tx.seed(samples.membership(of: member, in: group))
    }
  }
  for subject in subjects {
    try tx.seed(
      samples.assignment(.accountViewer, of: .subject(subject.id), in: organization, scope: ResourceName(type: "order", id: "1")))
  }
  #expect(try tx.unseed(groups[0]))
  #expect(try tx.unseed(subjects[0]))
}
