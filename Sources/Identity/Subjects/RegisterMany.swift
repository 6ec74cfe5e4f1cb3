/// Registering many things of one kind at once: all of them, or none.
package enum RegisterMany {
  /// How many may be registered at once.
  package static let maximum = 1_000
  /// After this many flaws nobody reads on.
  package static let maximumFlaws = 20

  /// What is wrong, each with the place of the thing among those sent; no more than `maximumFlaws`.
  package struct Refusal<Flaw: Error>: Error, Sendable {
    package let flaws: [(index: Int, flaw: Flaw)]
  }

  /// What became of them.
  package struct Count: Sendable, Hashable {
    package fileprivate(set) var new = 0
    package fileprivate(set) var changed = 0
    package fileprivate(set) var unchanged = 0
  }

  /// Looks at each.
  ///
  /// - Throws: `Refusal` with every flaw that the body threw.
  static func checkEach<Thing, Flaw: Error>(
    _ things: [Thing], _ body: (Thing) throws(Flaw) -> Void
  ) throws(Refusal<Flaw>) {
    var flaws: [(index: Int, flaw: Flaw)] = []
    for (index, thing) in things.enumerated() where flaws.count < maximumFlaws {
      do throws(Flaw) { try body(thing) } catch { flaws.append((index: index, flaw: error)) }
    }
    guard flaws.isEmpty else { throw Refusal(flaws: flaws) }
  }
}

/// What came of putting one thing where somebody wants it, and as they want it.
enum Registration<Thing: Sendable>: Sendable {
  case new(Thing)
  /// As it was, and as it is to be, each in its version.
  case changed(Thing, to: Thing)
  case unchanged(Thing)

  /// As it is now.
  var thing: Thing {
    switch self {
    case .new(let thing), .changed(_, let thing), .unchanged(let thing): thing
    }
  }

  var isNew: Bool { if case .new = self { true } else { false } }
}

/// What is registered by the name that somebody else gave it, in versions.
protocol Registrable: Sendable, Equatable {
  var version: Int64 { get set }
}

extension RegisteredResource: Registrable {}
extension RegisteredSubject: Registrable {}

extension Registration where Thing: Registrable {
  /// What it comes to, before anything is written.
  ///
  /// - Parameters:
  ///   - current: what there is of that name.
  ///   - version: the version that the caller saw; nil for whatever is there.
  ///   - new: the thing, if there is none.
  ///   - change: makes of the one there is the one that is wanted.
  /// - Returns: nil when the caller saw another version, or one where there is none.
  init?(of current: Thing?, seen version: Int64?, new: @autoclosure () -> Thing, change: (inout Thing) -> Void) {
    guard version == nil || version == current?.version else { return nil }
    guard let current else {
      self = .new(new())
      return
    }
    var changed = current
    change(&changed)
    guard changed != current else {
      self = .unchanged(current)
      return
    }
    changed.version += 1
    self = .changed(current, to: changed)
  }
}

extension Sequence {
  /// Those that were not registered before.
  func added<Thing>() -> [Thing] where Element == Registration<Thing> {
    compactMap { if case .new(let thing) = $0 { thing } else { nil } }
  }

  /// Those that are to be another than before, with the version that is there.
  func changed<Thing: Registrable>() -> [Thing] where Element == Registration<Thing> {
    compactMap { registration in
      guard case .changed(let before, var after) = registration else { return nil }
      after.version = before.version
      return after
    }
  }
}

extension RegisterMany.Count {
  init<Thing>(_ registrations: [Registration<Thing>]) {
    for registration in registrations {
      switch registration {
      case .new: new += 1
      case .changed: changed += 1
      case .unchanged: unchanged += 1
      }
    }
  }
}
