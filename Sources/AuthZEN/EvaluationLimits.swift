/// How much a request may bring and an answer may give; past it 400 with the reason, past `…Bytes` of a body 413 (Authorization API 1.0 §11.7).
package enum EvaluationLimits {
  /// The body of one question or search, in bytes. A question is a few names; this leaves room for properties.
  package static let questionBytes = 65_536
  /// The body of a batch, in bytes.
  package static let batchBytes = 131_072
  /// Questions in one batch.
  package static let evaluations = 256
  /// Members of any one object of the body, at whatever depth: so many properties, too.
  package static let members = 128
  /// One `properties` or `context`, in bytes as they came.
  package static let propertyBytes = 8_192
  /// Arrays and objects inside each other, the body itself counted.
  package static let depth = 32
  /// Results in one page of a search; so many, too, where none are asked for.
  package static let pageResults = 1_000
}
