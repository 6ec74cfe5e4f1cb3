/// A compiled pattern: a program of a nondeterministic automaton, run over all its states at once (Thompson), so that the time is the
/// length of the text times the size of the program whatever the pattern. No engine that tries one way after the other, as
/// Foundation's and Swift's do, has such a bound.
struct Pattern: Sendable {
  private enum Instruction: Sendable {
    case set(Int)
    case scalar(Unicode.Scalar)
    case split(Int, Int)
    case jump(Int)
    case assertion(PatternAssertion)
    case match
  }

  private var program: [Instruction] = []
  private var sets: [PatternSet] = []
  /// Parts compiled so far, those that need no instruction among them: `(()()){1000}` must not take long either.
  private var parts = 0

  /// Instructions.
  var size: Int { program.count }

  init(_ text: String) throws(PatternFault) {
    let node = try PatternParser.parse(text)
    try compile(node, repetitions: 1)
    try emit(.match)
  }

  // MARK: Compiling

  private mutating func compile(_ node: PatternNode, repetitions: Int) throws(PatternFault) {
    parts += 1
    guard parts <= 4 * ConditionLimits.patternSize else { throw Self.tooLarge }
    switch node {
    case .empty: break
    case .set(let set): try compile(set)
    case .assertion(let assertion): try emit(.assertion(assertion))
    case .sequence(let nodes): for node in nodes { try compile(node, repetitions: repetitions) }
    case .choice(let branches): try compile(branches, repetitions: repetitions)
    case .repetition(let node, let minimum, let maximum):
      let count = repetitions * max(minimum, maximum ?? 0, 1)
      guard count <= ConditionLimits.patternRepetitions else {
        throw PatternFault(message: "counts inside each other in a pattern make at most \(ConditionLimits.patternRepetitions)")
      }
      for _ in 0..<minimum { try compile(node, repetitions: count) }
      guard let maximum else { return try compileLoop(node, repetitions: count) }
      var splits: [Int] = []
      for _ in minimum..<maximum {
        splits.append(program.count)
        try emit(.split(program.count + 1, 0))
        try compile(node, repetitions: count)
      }
      for split in splits { program[split] = .split(split + 1, program.count) }
    }
  }

  private mutating func compile(_ set: PatternSet) throws(PatternFault) {
    if !set.isNegated, !set.ignoresCase, set.items.count == 1, case .range(let range) = set.items[0], range.count == 1,
      let scalar = Unicode.Scalar(range.lowerBound)
    {
      return try emit(.scalar(scalar))
    }
    try emit(.set(sets.count))
    sets.append(set)
  }

  private mutating func compile(_ branches: [PatternNode], repetitions: Int) throws(PatternFault) {
    var jumps: [Int] = []
    for (index, branch) in branches.enumerated() {
      guard index < branches.count - 1 else {
        try compile(branch, repetitions: repetitions)
        break
      }
      let split = program.count
      try emit(.split(split + 1, 0))
      try compile(branch, repetitions: repetitions)
      jumps.append(program.count)
      try emit(.jump(0))
      program[split] = .split(split + 1, program.count)
    }
    for jump in jumps { program[jump] = .jump(program.count) }
  }

  private mutating func compileLoop(_ node: PatternNode, repetitions: Int) throws(PatternFault) {
    let start = program.count
    try emit(.split(start + 1, 0))
    try compile(node, repetitions: repetitions)
    try emit(.jump(start))
    program[start] = .split(start + 1, program.count)
  }

  private mutating func emit(_ instruction: Instruction) throws(PatternFault) {
    guard program.count < ConditionLimits.patternSize else { throw Self.tooLarge }
    program.append(instruction)
  }

  private static let tooLarge = PatternFault(
    message: "the pattern compiles to more than \(ConditionLimits.patternSize) instructions")

  // MARK: Matching

  /// Whether the pattern matches anywhere in the text.
  func matches(_ text: String) -> Bool {
    var states = States(capacity: program.count)
    var next = States(capacity: program.count)
    var stack: [Int] = []
    var before: Unicode.Scalar?
    var scalars = text.unicodeScalars.makeIterator()
    var current = scalars.next()
    while true {
      if follow(0, into: &states, &stack, between: before, and: current) { return true }
      guard let scalar = current else { return false }
      let after = scalars.next()
      for state in states.members where accepts(program[state], scalar) {
        if follow(state + 1, into: &next, &stack, between: scalar, and: after) { return true }
      }
      swap(&states, &next)
      next.removeAll()
      (before, current) = (scalar, after)
    }
  }

  private func accepts(_ instruction: Instruction, _ scalar: Unicode.Scalar) -> Bool {
    switch instruction {
    case .scalar(let wanted): wanted == scalar
    case .set(let set): sets[set].contains(scalar)
    default: false
    }
  }

  /// Adds a state and all that are reached from it without a character; true if the end of the pattern is among them.
  private func follow(
    _ first: Int, into states: inout States, _ stack: inout [Int], between before: Unicode.Scalar?, and after: Unicode.Scalar?
  ) -> Bool {
    stack.append(first)
    while let state = stack.popLast() {
      guard states.insert(state) else { continue }
      switch program[state] {
      case .match:
        return true
      case .jump(let target): stack.append(target)
      case .split(let first, let second):
        stack.append(second)
        stack.append(first)
      case .assertion(let assertion) where Self.holds(assertion, before, after): stack.append(state + 1)
      case .assertion, .set, .scalar: break
      }
    }
    return false
  }

  private static func holds(_ assertion: PatternAssertion, _ before: Unicode.Scalar?, _ after: Unicode.Scalar?) -> Bool {
    switch assertion {
    case .textStart: before == nil
    case .textEnd: after == nil
    case .lineStart: before == nil || before == "\n"
    case .lineEnd: after == nil || after == "\n"
    case .wordBoundary: isWord(before) != isWord(after)
    case .noWordBoundary: isWord(before) == isWord(after)
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return switch scalar {
    case "0"..."9", "A"..."Z", "_", "a"..."z": true
    default: false
    }
  }

  /// A set of states that remembers the order and is emptied in no time.
  private struct States {
    private(set) var members: [Int] = []
    private var places: [Int]

    init(capacity: Int) {
      members.reserveCapacity(capacity)
      places = Array(repeating: 0, count: capacity)
    }

    mutating func insert(_ state: Int) -> Bool {
      let place = places[state]
      if place < members.count, members[place] == state { return false }
      places[state] = members.count
      members.append(state)
      return true
    }

    mutating func removeAll() { members.removeAll(keepingCapacity: true) }
  }
}
