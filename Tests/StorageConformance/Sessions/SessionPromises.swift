internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let sessions = [
    Promise("a session is found by its secret's digest and by its id, as it was stored") { bench in
      let settled = try await bench.settle()
      try await bench.store.read { tx throws in
        #expect(try tx.session(settled.session.secret) == settled.session)
        #expect(try tx.session(settled.session.id) == settled.session)
        #expect(try tx.session(bench.samples.digest()) == nil)
      }
    },
    Promise("the mark of activity moves forward and never back") { bench in
      let settled = try await bench.settle()
      let seen = bench.samples.now + .minutes(5)
      try await bench.store.write { tx throws in
        try tx.touchSession(settled.session.id, at: seen)
        try tx.touchSession(settled.session.id, at: seen - .minutes(1))
        #expect(try tx.session(settled.session.id)?.lastSeenAt == seen)
      }
    },
    Promise("a new proof of identity gives a session another secret, and an ended session none") { bench in
      let settled = try await bench.settle()
      let later = bench.samples.now + .minutes(5)
      let (secret, unused) = (bench.samples.digest(), bench.samples.digest())
      try await bench.store.write { tx throws in
        #expect(try tx.setAuthenticated(settled.session.id, secret: secret, at: later))
        #expect(try tx.session(settled.session.secret) == nil)
        #expect(try tx.session(secret)?.authenticatedAt == later)
        _ = try tx.endSession(settled.session.id, as: .signedOut, at: later)
        #expect(try tx.setAuthenticated(settled.session.id, secret: unused, at: later) == false)
        #expect(try tx.session(unused) == nil)
      }
    },
    Promise("a session ends once, by one of fifty, and keeps its first ending") { bench in
      let settled = try await bench.settle()
      let now = bench.samples.now
      let ended = try await atOnce { index in
        try await bench.store.write {
          try $0.endSession(
            settled.session.id, as: index.isMultiple(of: 2) ? .signedOut : .suspended, at: now + .microseconds(index))
        } ? index : nil
      }
      let winners = ended.compactMap(\.self)
      #expect(winners.count == 1)
      let stored = try await bench.store.read { try $0.session(settled.session.id) }
      #expect(stored?.endedAt == now + .microseconds(winners.first ?? -1))
      #expect(stored?.ending == (winners.first?.isMultiple(of: 2) == true ? .signedOut : .suspended))
    },
    Promise("ending the sessions of an account spares the one that is named, the ended ones and other people's") { bench in
      let settled = try await bench.settle()
      let other = try await bench.join(settled.organization)
      let sessions = (0..<4).map { index in
        bench.now.advance(by: .minutes(1))
        return bench.samples.session(index == 3 ? other : settled.account)
      }
      try await bench.store.write { tx throws in
        for session in sessions { try tx.insert(session) }
        #expect(try tx.endSession(sessions[0].id, as: .signedOut, at: bench.samples.now))
        #expect(try tx.openSessions(of: settled.account.id).map(\.id) == [settled.session.id, sessions[1].id, sessions[2].id])
        let ended = try tx.endSessions(
          of: settled.account.id, except: sessions[1].id, as: .passwordChanged, at: bench.samples.now)
        #expect(Set(ended) == [settled.session.id, sessions[2].id])
      }
      try await bench.store.write { tx throws in
        #expect(try tx.openSessions(of: settled.account.id).map(\.id) == [sessions[1].id])
        #expect(try tx.session(sessions[0].id)?.ending == .signedOut)
        #expect(
          try tx.endSessions(of: settled.account.id, except: nil, as: .suspended, at: bench.samples.now) == [sessions[1].id])
        #expect(try tx.openSessions(of: other.id).map(\.id) == [sessions[3].id])
      }
    },
  ]
}
