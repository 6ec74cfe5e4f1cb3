/// A right to do one action with one type of resource, written `type:action`: `order:view`.
///
/// Both halves are compared byte for byte: `Order:view` is no permission at all, not another spelling of `order:view`.
package struct Permission: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The type of the thing acted upon: `order`.
  package let resourceType: String
  /// What is done: `view`.
  package let action: String

  /// The longest either half may be, in bytes.
  package static let maximumNameLength = 64

  /// Makes a permission from names that are known to be good: constants, and rows of the own store.
  package init(_ resourceType: String, _ action: String) {
    self.resourceType = resourceType
    self.action = action
  }

  /// Makes a permission from names that came from outside.
  ///
  /// Nil unless both are 1 to 64 lowercase ASCII letters, digits, `-`, `_` or `.`, beginning with a letter.
  package init?(presentedType resourceType: String, action: String) {
    guard Self.isName(resourceType), Self.isName(action) else { return nil }
    self.init(resourceType, action)
  }

  /// Reads `type:action`; nil for anything else.
  package init?(text: String) {
    let halves = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    self.init(presentedType: String(decoding: halves[0], as: UTF8.self), action: String(decoding: halves[1], as: UTF8.self))
  }

  /// `type:action`, as it stands in a list of permissions on the wire and in the store.
  package var text: String { "\(resourceType):\(action)" }
  package var description: String { text }

  package static func < (left: Permission, right: Permission) -> Bool {
    (left.resourceType, left.action) < (right.resourceType, right.action)
  }

  private static func isName(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, bytes.count <= maximumNameLength else { return false }
    guard first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z") else { return false }
    return bytes.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
      default: false
      }
    }
  }
}
