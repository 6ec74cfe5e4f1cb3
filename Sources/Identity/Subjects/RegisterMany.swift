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
  /// As it was, and as it is to be, in the version that was there.
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
