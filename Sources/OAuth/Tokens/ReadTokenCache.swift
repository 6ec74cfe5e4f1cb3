internal import Primitives
internal import Synchronization

/// Remembers tokens whose signature was proved, by the SHA-256 of the whole token, so that a service that asks a thousand times with one token
/// costs one verification. Only what can never change is kept: expiry, revocation and state are judged each time.
///
/// Bounded by two generations: when the young one is full it becomes the old one, and the old one is forgotten. A token that is still in use
/// moves up. Tokens that do not verify are not remembered, so nobody can fill it with rubbish.
final class ReadTokenCache: Sendable {
  private struct Generations {
    var young: [[UInt8]: ReadAccessToken] = [:]
    var old: [[UInt8]: ReadAccessToken] = [:]
  }

  private let generations = Mutex(Generations())
  private let generationSize: Int

  /// - Parameter capacity: how many tokens are kept at most.
  init(capacity: Int) { generationSize = max(1, capacity / 2) }

  /// The remembered token, or what `read` makes of it.
  func token(_ text: String, orRead read: () -> ReadAccessToken?) -> ReadAccessToken? {
    let digest = SHA256Digest.of(text)
    let (found, isYoung) = generations.withLock { generations in
      generations.young[digest].map { ($0, true) } ?? (generations.old[digest], false)
    }
    guard let token = found ?? read() else { return nil }
    if !isYoung { keep(token, under: digest) }
    return token
  }

  var count: Int { generations.withLock { $0.young.count + $0.old.count } }

  private func keep(_ token: ReadAccessToken, under digest: [UInt8]) {
    generations.withLock { generations in
      if generations.young.count >= generationSize {
        generations.old = generations.young
        generations.young = [:]
      }
      generations.young[digest] = token
    }
  }
}
