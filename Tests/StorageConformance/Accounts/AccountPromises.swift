internal import AccessControl
internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let accounts = [
    Promise("accounts of both kinds come back as they were stored, before and after a change") { bench in
      let organization = bench.samples.organization()
      try await bench.store.write { try $0.insert(organization) }
      for kind in [Account.Kind.work(home: organization.id), .personal] {
        let account = bench.samples.account(kind)
        try await bench.store.write { try $0.insert(account) }
        #expect(try await bench.store.read { try $0.account(account.id) } == account)
        var changed = account
        changed.email = bench.samples.email()
        changed.name = bench.samples.name()
        changed.language = .english
        changed.country = nil
        changed.state = .suspended
        let mine = changed
        #expect(try await bench.store.write { try $0.update(mine) })
        #expect(try await !bench.store.write { try $0.update(mine) })
        changed.version += 1
        #expect(try await bench.store.read { try $0.account(account.id) } == changed)
      }
    },
    Promise("an address is one account of each kind, however it is written") { bench in
      let organization = bench.samples.organization()
      let work = bench.samples.account(.work(home: organization.id), email: try bench.samples.email("Ada@Contoso.test"))
      let personal = bench.samples.account(.personal, email: try bench.samples.email("ada@contoso.test"))
      try await bench.store.write { tx throws in
        try tx.insert(organization)
        try tx.insert(work)
        try tx.insert(personal)
      }
      for kind in [Account.Kind.work(home: organization.id), .personal] {
        let second = bench.samples.account(kind, email: try bench.samples.email("ADA@CONTOSO.TEST"))
        await #expect(throws: StoreError.taken(.accountAddress)) { try await bench.store.write { try $0.insert(second) } }
      }
      let spelled = try bench.samples.email("aDa@contoso.test")
      try await bench.store.read { tx throws in
        #expect(try tx.account(.work, email: spelled)?.id == work.id)
        #expect(try tx.account(.personal, email: spelled)?.id == personal.id)
        // What was written is kept as it was written.
        #expect(try tx.account(.work, email: spelled)?.email.text == "Ada@contoso.test")
      }
    },
    Promise("an account cannot move to an address that is taken, but can change the case of its own") { bench in
      let organization = bench.samples.organization()
      let first = bench.samples.account(.work(home: organization.id), email: try bench.samples.email("ada@contoso.test"))
      let second = bench.samples.account(.work(home: organization.id))
      try await bench.store.write { tx throws in
        try tx.insert(organization)
        try tx.insert(first)
        try tx.insert(second)
      }
      let spelled = try bench.samples.email("Ada@contoso.test")
      await #expect(throws: StoreError.taken(.accountAddress)) {
        try await bench.store.write { tx throws in
          var moved = second
          moved.email = spelled
          return try tx.update(moved)
        }
      }
      let respelled = try await bench.store.write { tx throws in
        var same = first
        same.email = spelled
        return try tx.update(same)
      }
      #expect(respelled)
    },
    Promise("of fifty who make an account with one address one succeeds") { bench in
      let email = bench.samples.email()
      let made = try await atOnce { _ in
        do {
          try await bench.store.write { try $0.insert(bench.samples.account(.personal, email: email)) }
          return true
        } catch StoreError.taken(.accountAddress) {
          return false
        }
      }
      #expect(made.count { $0 } == 1)
    },
    Promise("a sign-up is confirmed once, by one of fifty who try, and not a microsecond after its end") { bench in
      let signUp = try bench.samples.signUp(wayBack: WayBack(path: "/oauth/authorize?a=1&b=%20", browser: bench.samples.digest()))
      let late = try bench.samples.signUp()
      try await bench.store.write { tx throws in
        try tx.insert(signUp)
        try tx.insert(late)
      }
      let read = try await bench.store.read { try $0.pendingSignUp(signUp.link) }
      #expect(read?.email == signUp.email && read?.password == signUp.password && read?.usedAt == nil)
      #expect(read?.wayBack == signUp.wayBack)
      #expect(try await bench.store.read { try $0.pendingSignUp(late.link) }?.wayBack == nil)
      #expect(try await !bench.store.write { try $0.usePendingSignUp(late.link, at: late.expiresAt + .microseconds(1)) })
      let used = try await atOnce { _ in
        try await bench.store.write { try $0.usePendingSignUp(signUp.link, at: signUp.expiresAt) }
      }
      #expect(used.count { $0 } == 1)
      #expect(try await bench.store.read { try $0.pendingSignUp(signUp.link)?.usedAt } == signUp.expiresAt)
    },
    Promise("discarding the sign-ups of an address makes every unused one worthless and touches no other address") { bench in
      let email = try bench.samples.email("Ada@contoso.test")
      let (confirmed, rival) = (try bench.samples.signUp(email: email), try bench.samples.signUp(email: email))
      let other = try bench.samples.signUp()
      let now = bench.samples.now
      let spelled = try bench.samples.email("ada@contoso.test")
      try await bench.store.write { tx throws in
        for signUp in [confirmed, rival, other] { try tx.insert(signUp) }
        #expect(try tx.usePendingSignUp(confirmed.link, at: now))
        try tx.discardPendingSignUps(email: spelled)
      }
      try await bench.store.write { tx throws in
        #expect(try !tx.usePendingSignUp(rival.link, at: now))
        #expect(try tx.usePendingSignUp(other.link, at: now))
        #expect(try tx.pendingSignUp(confirmed.link)?.usedAt == now)
      }
    },
  ]
}
