package import Primitives

/// How much may be kept of a registered subject's or resource's attributes: each of them is held in memory for decisions.
package enum AttributeLimits {
  /// As compact JSON in UTF-8.
  package static let maximumBytes = 8 * 1_024
  /// How deep arrays and objects may stand inside each other, the attributes themselves counted.
  package static let maximumDepth = 5
  /// How many members all objects together may have.
  package static let maximumMembers = 100

  /// Whether attributes keep to all three.
  package static func admit(_ attributes: JSONObject) -> Bool {
    var members = 0
    guard isShallow(.object(attributes), maximumDepth, counting: &members) else { return false }
    return attributes.encoded().count <= maximumBytes
  }

  /// - Returns: false as soon as a limit is passed, so that it goes no deeper than that.
  private static func isShallow(_ value: JSON, _ depth: Int, counting members: inout Int) -> Bool {
    switch value {
    case .array(let elements):
      guard depth > 0 else { return false }
      for element in elements { guard isShallow(element, depth - 1, counting: &members) else { return false } }
    case .object(let object):
      members += object.members.count
      guard depth > 0, members <= maximumMembers else { return false }
      for (_, element) in object.members { guard isShallow(element, depth - 1, counting: &members) else { return false } }
    default: break
    }
    return true
  }
}
