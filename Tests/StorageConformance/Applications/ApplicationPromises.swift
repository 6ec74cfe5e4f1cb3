internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let applications = [
    Promise("an application comes back as it was stored, with much set and with little") { bench in
      let settled = try await bench.settle()
      let now = bench.samples.now
      var full = bench.samples.application(owner: settled.organization.id, audiences: ["https://a.test/\"x\"", "https://b.test"])
      full.authentication = .post
      full.secrets = [
        Application.Secret(digest: bench.samples.digest(), createdAt: now, expiresAt: now + .days(1)),
        Application.Secret(digest: bench.samples.digest(), createdAt: now),
      ]
      full.grantTypes = Set(Application.GrantType.allCases)
      full.redirectURIs = ["https://a.test/back", "http://127.0.0.1/back"]
      full.postSignOutRedirectURIs = ["https://a.test/bye"]
      full.defaultAudience = "https://a.test"
      full.requestableAudiences = ["https://c.test", "https://d.test"]
      full.audienceHolders = ["https://d.test": bench.samples.id()]
      full.signingAlgorithm = .rs256
      full.admits = .both
      full.decidesIn = [settled.organization.id]
      full.isTrusted = true
      full.introspectsForAll = true
      full.startURL = "https://a.test/start"
      var bare = bench.samples.application()
      bare.authentication = .none
      bare.decidesIn = []
      for application in [full, bare] {
        try await bench.store.write { try $0.insert(application) }
        #expect(try await bench.store.read { try $0.application(application.id) } == application)
        var changed = application
        changed.name = "Renamed"
        changed.decidesIn = nil
        changed.owner = nil
        changed.secrets = []
        changed.state = .disabled
        let mine = changed
        #expect(try await bench.store.write { try $0.update(mine) })
        #expect(try await !bench.store.write { try $0.update(mine) })
        changed.version += 1
        #expect(try await bench.store.read { try $0.application(application.id) } == changed)
      }
    },
    Promise("an audience is one application's, and is found under the one that has it now") { bench in
      let first = bench.samples.application(audiences: ["https://a.test", "https://b.test"])
      let second = bench.samples.application(audiences: ["https://b.test"])
      try await bench.store.write { try $0.insert(first) }
      await #expect(throws: StoreError.taken(.audience)) { try await bench.store.write { try $0.insert(second) } }
      #expect(try await bench.store.read { try $0.application(second.id) } == nil)
      try await bench.store.write { tx throws in
        var changed = first
        changed.audiences = ["https://a.test"]
        #expect(try tx.update(changed))
      }
      try await bench.store.write { try $0.insert(second) }
      try await bench.store.read { tx throws in
        #expect(try tx.application(audience: "https://a.test")?.id == first.id)
        #expect(try tx.application(audience: "https://b.test")?.id == second.id)
        #expect(try tx.application(audience: "https://A.test") == nil)
      }
    },
    Promise("a deleted application takes along what hangs on it, and is deleted once") { bench in
      let settled = try await bench.settle()
      let application = bench.samples.application(audiences: ["https://a.test"])
      let grant = bench.samples.grant(application, settled.session)
      let (code, family) = (bench.samples.code(grant), bench.samples.refreshFamily(grant))
      let holder = RoleHolder.application(application.id)
      try await bench.store.write { tx throws in
        try tx.insert(application)
        try tx.seed(bench.samples.assignment(.reportViewer, of: holder, in: settled.organization.id))
        try tx.insert(grant)
        try tx.insert(code)
        try tx.insert(family)
      }
      let deleted = try await atOnce { _ in try await bench.store.write { try $0.unseed(application) } }
      #expect(deleted.count { $0 } == 1)
      try await bench.store.write { tx throws in
        #expect(try tx.application(application.id) == nil)
        #expect(try tx.application(audience: "https://a.test") == nil)
        #expect(try tx.roleAssignments(of: holder).isEmpty)
        #expect(try tx.grant(grant.id) == nil)
        #expect(try tx.refreshFamily(family.digest) == nil)
        if case .unknown = try tx.redeem(code.digest, at: bench.samples.now) {} else { Issue.record("the code is still there") }
        #expect(try tx.grant(settled.grant.id) == settled.grant)
      }
    },
    Promise("applications are listed by owner, or all") { bench in
      let settled = try await bench.settle()
      let owned = (0..<3).map { _ in bench.samples.application(owner: settled.organization.id) }
      try await bench.store.write { tx in for application in owned { try tx.insert(application) } }
      try await bench.store.read { tx throws in
        #expect(try tx.applications(owner: settled.organization.id, PageRequest()).items.map(\.id) == owned.map(\.id).sorted())
        #expect(try tx.applications(owner: nil, PageRequest()).items.count == 4)
      }
    },
    Promise("an initial access token serves as often as it may, however many ask at once, and not a microsecond after its end") {
      bench in
      let now = bench.samples.now
      func token(uses: Int) -> InitialAccessToken {
        InitialAccessToken(
          digest: bench.samples.digest(), createdBy: "account:x", createdAt: now, expiresAt: now + .hours(1), usesLeft: uses)
      }
      let (three, late) = (token(uses: 3), token(uses: 1))
      try await bench.store.write { tx throws in
        try tx.insert(three)
        try tx.insert(late)
      }
      let uses = try await atOnce { _ in try await bench.store.write { try $0.useInitialAccessToken(three.digest, at: now) } }
      #expect(uses.compactMap { $0?.usesLeft }.sorted() == [0, 1, 2])
      #expect(
        try await bench.store.write { try $0.useInitialAccessToken(late.digest, at: late.expiresAt + .microseconds(1)) } == nil)
      #expect(try await bench.store.write { try $0.useInitialAccessToken(late.digest, at: late.expiresAt) }?.usesLeft == 0)
      #expect(try await bench.store.write { try $0.useInitialAccessToken(bench.samples.digest(), at: now) } == nil)
    },
  ]
}
