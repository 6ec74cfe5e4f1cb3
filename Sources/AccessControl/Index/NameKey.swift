/// The name of a thing as it comes: bytes that somebody else owns, for as long as the call lasts.
package struct NameKey {
  /// Where the name is unique: 0 for the whole installation, otherwise one organization's.
  let space: UInt32
  let type: UnsafeRawBufferPointer
  let id: UnsafeRawBufferPointer

  @inline(__always)
  init(space: UInt32, type: UnsafeRawBufferPointer, id: UnsafeRawBufferPointer) {
    self.space = space
    self.type = type
    self.id = id
  }

  /// - Parameter organization: whose own it is, by number: of groups and registered subjects.
  @inline(__always)
  package init(type: UnsafeRawBufferPointer, id: UnsafeRawBufferPointer, of organization: UInt32? = nil) {
    self.init(space: Self.space(of: organization), type: type, id: id)
  }

  /// The space of what belongs to an organization; without one that of the whole installation.
  @inline(__always)
  static func space(of organization: UInt32?) -> UInt32 { organization.map { $0 + 1 } ?? 0 }
}
