/// What an organization is to the portal. The raw value is what the store and the wire carry.
package enum OrganizationKind: String, Hashable, Sendable, CaseIterable {
  /// The portal itself, made at first start; its members run it.
  case portal
  /// An organization that signed an agreement.
  case customer
  /// A reseller that looks after customers' agreements.
  case partner
}

/// What a decision needs to know of an organization.
package struct OrganizationFacts: Hashable, Sendable {
  package let id: OrganizationID
  package let kind: OrganizationKind
  /// False once the operator has closed the organization: its members then hold nothing in it.
  package let isOpen: Bool

  package init(id: OrganizationID, kind: OrganizationKind, isOpen: Bool = true) {
    self.id = id
    self.kind = kind
    self.isOpen = isOpen
  }
}
