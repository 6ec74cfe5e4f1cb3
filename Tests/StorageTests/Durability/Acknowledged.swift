internal import Identity
internal import Primitives
internal import Storage

@testable internal import StoreWriter

/// What the writer was told is written, to be looked for after its sudden end.
struct Acknowledged: Sendable {
  private var codes: [SecretDigest: Bool] = [:]
  private var links: [SecretDigest: Bool] = [:]
  private var families: [SecretDigest: (turns: [SecretDigest], number: Int64)] = [:]
  private(set) var count = 0

  mutating func take(_ line: String) {
    guard let deed = Deed(line: line) else { return }
    count += 1
    switch deed {
    case .codeMade(let code): codes[code] = codes[code] ?? false
    case .codeUsed(let code): codes[code] = true
    case .linkMade(let link): links[link] = links[link] ?? false
    case .linkUsed(let link): links[link] = true
    case .turned(let family, let turn, let number):
      families[family, default: ([], number)].turns.append(turn)
      families[family]?.number = number
    }
  }

  /// Whether two writers, one started after the other had died, made a secret twice.
  func shares(aSecretWith other: Acknowledged) -> Bool {
    !Set(codes.keys).isDisjoint(with: other.codes.keys) || !Set(links.keys).isDisjoint(with: other.links.keys)
      || !Set(families.keys).isDisjoint(with: other.families.keys)
  }

  mutating func take(_ other: Acknowledged) {
    count += other.count
    codes.merge(other.codes) { $0 || $1 }
    links.merge(other.links) { $0 || $1 }
    families.merge(other.families) { $0.number > $1.number ? $0 : $1 }
  }

  /// Everything that is lost or lives again; and whether the database is whole.
  ///
  /// Asking uses up every code and every link. What was under way at the end may have been written or not; what was answered must be there.
  func faults(in store: SQLiteStore) async throws -> [String] {
    var faults: [String] = []
    if try await store.setting("integrity_check") != "ok" { faults.append("the database is damaged") }
    if try await store.setting("foreign_key_check") != nil { faults.append("a row hangs on nothing") }
    let (codes, links, families) = (codes, links, families)
    let now = Deed.beginning
    faults += try await store.write { tx in
      var faults: [String] = []
      for (code, isUsed) in codes {
        switch try tx.redeem(code, at: now) {
        case .unknown: faults.append("a code is lost")
        case .taken: if isUsed { faults.append("a used code is good again") }
        case .spent: break
        }
      }
      for (link, isUsed) in links {
        if try tx.invitationLink(link) == nil { faults.append("a link is lost") }
        if try tx.useInvitationLink(link, at: now), isUsed { faults.append("a used link is good again") }
      }
      for (digest, known) in families {
        guard var family = try tx.refreshFamily(digest) else {
          faults.append("a family is lost")
          continue
        }
        if family.issuedAt < now + .seconds(known.number) { faults.append("a turn is lost") }
        if try tx.grant(family.grant) == nil { faults.append("half of a write is lost") }
        family.turn = SecretDigest.of("stolen")
        for turn in known.turns.dropLast() where try tx.renew(family, from: turn) { faults.append("a turn is good again") }
      }
      return faults
    }
    return faults
  }
}
