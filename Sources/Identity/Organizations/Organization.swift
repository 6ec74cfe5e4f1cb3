package import AccessControl
package import Primitives

/// A company, the portal itself, or a partner: where roles are held and decisions are made.
package struct Organization: Sendable, Hashable {
  package enum State: String, Sendable, CaseIterable { case active, closed }

  package let id: OrganizationID
  package let kind: OrganizationKind
  package var name: String
  package var state: State
  package let createdAt: Timestamp
  package var version: Int64

  package init(
    id: OrganizationID, kind: OrganizationKind, name: String, state: State = .active, createdAt: Timestamp, version: Int64 = 1
  ) {
    self.id = id
    self.kind = kind
    self.name = name
    self.state = state
    self.createdAt = createdAt
    self.version = version
  }
}

/// The person whom an agreement names as purchasing account administrator, as the contract says it, whether or not they have an account.
package struct DesignatedAdministrator: Sendable, Hashable {
  package var name: PersonName
  package var email: EmailAddress

  package init(name: PersonName, email: EmailAddress) {
    self.name = name
    self.email = email
  }
}

/// A signed contract of one organization, with the person it names as administrator and, where there is one, the partner who looks after it.
package struct Agreement: Sendable, Hashable {
  package enum State: String, Sendable, CaseIterable { case active, ended }

  package let id: AgreementID
  /// The number printed on the contract; unique among all agreements, compared without regard to case.
  package let number: String
  package let organization: OrganizationID
  package var partner: OrganizationID?
  package var administrator: DesignatedAdministrator
  package var state: State
  package let createdAt: Timestamp
  package var version: Int64

  package init(
    id: AgreementID, number: String, organization: OrganizationID, partner: OrganizationID?,
    administrator: DesignatedAdministrator,
    state: State = .active, createdAt: Timestamp, version: Int64 = 1
  ) {
    self.id = id
    self.number = number
    self.organization = organization
    self.partner = partner
    self.administrator = administrator
    self.state = state
    self.createdAt = createdAt
    self.version = version
  }
}

/// What an organization buys through, under one agreement.
package struct PurchasingAccount: Sendable, Hashable {
  package let id: PurchasingAccountID
  /// Unique among all purchasing accounts, compared without regard to case.
  package let number: String
  package let agreement: AgreementID
  package let organization: OrganizationID
  package let createdAt: Timestamp

  package init(
    id: PurchasingAccountID, number: String, agreement: AgreementID, organization: OrganizationID, createdAt: Timestamp
  ) {
    self.id = id
    self.number = number
    self.agreement = agreement
    self.organization = organization
    self.createdAt = createdAt
  }
}

/// A number of an agreement or purchasing account: 1 to 40 of ASCII letters, digits, `-`, `/` and `.`, kept as given, compared in upper case.
package enum ContractNumber {
  /// The longest number, in characters, blanks left out.
  package static let maximumLength = 40

  package static func cleaned(_ presented: String) -> String? {
    let text = presented.split(separator: " ", omittingEmptySubsequences: true).joined()
    let allowed = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."): true
      default: false
      }
    }
    return (1...maximumLength).contains(text.utf8.count) && allowed ? text : nil
  }

  package static func key(_ number: String) -> String { number.uppercased() }
}

/// A thing of an application that the operator registered as belonging to one organization. Decisions about it are made there and nowhere else.
package struct RegisteredResource: Sendable, Hashable {
  package let type: String
  package let id: String
  package var organization: OrganizationID
  /// What it lies in: a role held for that one counts for this one too. It need not be registered.
  package var parent: ResourceName?
  package var attributes: JSONObject
  package let createdAt: Timestamp
  package var version: Int64

  package init(
    type: String, id: String, organization: OrganizationID, parent: ResourceName? = nil, attributes: JSONObject = [:],
    createdAt: Timestamp, version: Int64 = 1
  ) {
    self.type = type
    self.id = id
    self.organization = organization
    self.parent = parent
    self.attributes = attributes
    self.createdAt = createdAt
    self.version = version
  }

  package var name: ResourceName { ResourceName(type: type, id: id) }
}
