/// The steps an evaluation has left.
struct Cost {
  /// What calling a function takes beside its arguments, and what an entry of a new map takes: they read text and allocate.
  static let call = 8

  private(set) var left: Int

  init(left: Int) { self.left = left }

  @inline(__always)
  mutating func take(_ steps: Int) throws(EvaluationFault) {
    left -= steps
    if left < 0 { throw .tooCostly }
  }

  /// For text or bytes read or written.
  @inline(__always)
  mutating func take(bytes: Int) throws(EvaluationFault) { try take(bytes >> 4) }
}
