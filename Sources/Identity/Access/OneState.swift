extension PolicySnapshot {
  /// The policy changed so often that no look at it came to an end in between.
  package struct NeverAtRest: Error {}

  /// How often something is looked at again at most. Each time a change was committed during the few microseconds that it takes.
  private static let looks = 32

  /// Reads from one state alone, however much is read: what a change came between is read again.
  ///
  /// - Parameter read: may run several times; only its last result counts.
  /// - Returns: what was read, and the revision of the policy that it rests on.
  package func inOneState<Value>(_ read: () -> Value) throws(NeverAtRest) -> (value: Value, revision: Int64) {
    var before = revision
    for _ in 0..<Self.looks {
      let value = read()
      let after = revision
      if after == before { return (value, before) }
      before = after
    }
    throw NeverAtRest()
  }
}
