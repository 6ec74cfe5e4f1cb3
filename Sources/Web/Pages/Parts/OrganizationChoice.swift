/// One of several organizations that a page can be about, as a link to the same page there.
package struct OrganizationChoice: Sendable {
  package var name: String
  /// Path and query of the page about this organization.
  package var address: String
  /// Whether the page shown is the one about it.
  package var isCurrent: Bool

  package init(name: String, address: String, isCurrent: Bool) {
    self.name = name
    self.address = address
    self.isCurrent = isCurrent
  }
}

extension [OrganizationChoice] {
  /// Nil when there is nothing to choose.
  var view: [View]? { isEmpty ? nil : map { ["name": $0.name, "address": $0.address, "current": $0.isCurrent] } }
}
