internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Management.Organization: Described {
  static let message = Message(
    "Organization", "A company, a partner, or the portal itself.",
    [
      .required("id", .id), .required("kind", .words(OrganizationKind.self)),
      .required("name", .text(1...200), "Names are not unique; never compare them."),
      .required("state", .words(Organization.State.self), "In a closed organization nobody holds anything."),
      .required("created_at", .time), .required("version", .count, "Counts changes; also the ETag."),
    ])

  var countedVersion: Int64? { version }

  init(_ organization: Organization) {
    self.init(
      id: organization.id.text, kind: organization.kind.rawValue, name: organization.name, state: organization.state.rawValue,
      createdAt: organization.createdAt.rfc3339, version: organization.version)
  }
}

extension Management.NewOrganization: Described {
  static let message = Message("NewOrganization", "Registers a customer or a partner.", [.required("name", .text(1...200))])
}

extension Management.OrganizationChange: Described {
  static let message = Message(
    "OrganizationChange", "Changes an organization; what is not mentioned stays.",
    [
      .optional("name", .text(1...200)), .optional("state", .words(Organization.State.self), "The portal cannot be closed."),
    ])
}

extension RegisterOrganization.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .nameRefused: .notAccepted("name", "not_a_name", "1 to 200 visible characters on one line.")
    }
  }
}

extension ChangeOrganization.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .nameRefused: .notAccepted("name", "not_a_name", "1 to 200 visible characters on one line.")
    case .changedMeanwhile: .changedMeanwhile
    case .portalStaysOpen: ManagementRefusal(.state, "The portal's own organization cannot be closed.")
    }
  }
}

extension RequirePermission.Refusal: SaidByManagement {
  var said: ManagementRefusal { .unknown }
}

extension ViewPartner.Refusal: SaidByManagement {
  var said: ManagementRefusal { .unknown }
}
