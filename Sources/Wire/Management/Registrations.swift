extension Management {
  /// What became of many resources or subjects that were registered at once.
  public struct Registrations: Codable, Hashable, Sendable {
    /// They were not registered before.
    public var new: Int64
    /// They now belong or lie elsewhere, or something else is kept of them.
    public var changed: Int64
    /// They were registered just so.
    public var unchanged: Int64

    /// All members, in the order of the document.
    public init(new: Int64, changed: Int64, unchanged: Int64) {
      self.new = new
      self.changed = changed
      self.unchanged = unchanged
    }
  }
}
