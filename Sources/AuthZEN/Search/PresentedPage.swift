internal import Primitives

/// Which part of what a search finds is asked for (Authorization API 1.0 §8.2.1).
struct PresentedPage {
  /// How many results there may be; nil where the request leaves that open.
  var limit: Int?
  /// What the answer before said as `next_token`.
  var token: String?
  /// We know none; they have to stay the same from page to page.
  var properties: JSONObject?

  init(_ presented: Presented<JSONObject>) throws(EvaluationRefusal) {
    switch presented {
    case .missing: return
    case .otherType: throw .malformed("page is not an object.")
    case .tooLarge: throw .malformed("page is longer than \(EvaluationLimits.propertyBytes) bytes.")
    case .value(let page):
      limit = try page["limit"].map { (value) throws(EvaluationRefusal) in
        guard case .integer(let limit) = value, limit >= 0 else { throw .malformed("page.limit is not a whole number from 0.") }
        guard limit <= EvaluationLimits.pageResults else {
          throw .malformed("page.limit is more than \(EvaluationLimits.pageResults).")
        }
        return Int(limit)
      }
      token = try page["token"].map { (value) throws(EvaluationRefusal) in
        guard let token = value.stringValue else { throw .malformed("page.token is not a string.") }
        return token
      }
      properties = try page["properties"].map { (value) throws(EvaluationRefusal) in
        guard let properties = value.objectValue else { throw .malformed("page.properties is not an object.") }
        return properties
      }
    }
  }
}
