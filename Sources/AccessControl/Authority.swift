/// What somebody may do in Usher itself: the roles an actor holds everywhere, and the rules by which they count in one organization.
///
/// Services' questions are decided by `Engine` in exactly one organization. Usher's own operations are decided here, because operators and
/// partners act in organizations of which they are no members. These two relations are the only ones that cross (MISSION: portal and
/// partner), and neither shows an operator or a partner a customer's business data.
package struct Authority: Sendable {
  /// The roles held in one organization.
  package struct Holding: Sendable {
    package let organization: OrganizationFacts
    package let membership: Facts.Membership

    package init(organization: OrganizationFacts, membership: Facts.Membership) {
      self.organization = organization
      self.membership = membership
    }
  }

  /// Where an operation takes effect.
  package struct Target: Hashable, Sendable {
    package let organization: OrganizationFacts
    /// The partner that the agreement names, when the operation is about an agreement.
    package let partner: OrganizationID?

    package init(_ organization: OrganizationFacts, agreementNaming partner: OrganizationID? = nil) {
      self.organization = organization
      self.partner = partner
    }
  }

  package let subject: Facts.Subject
  package let holdings: [Holding]
  package let catalog: PermissionCatalog

  package init(subject: Facts.Subject, holdings: [Holding], catalog: PermissionCatalog) {
    self.subject = subject
    self.holdings = holdings
    self.catalog = catalog
  }

  /// Whether the actor may use the permission at the target. The organization's own roles are asked first; the reason of a denial is
  /// theirs.
  package func decide(_ permission: Permission, at target: Target) -> Decision {
    let organization = target.organization
    let own = Engine.decide(
      permission,
      Facts(subject: subject, organization: organization, membership: membership(in: organization), catalog: catalog))
    if own.allowed { return own }

    guard let definition = catalog.definition(of: permission) else { return own }
    for (holding, roles) in crossing(into: target) {
      let granting = roles.filter { role in
        let serves = role.reach == .everyOrganization ? definition.servesOperators : definition.servesPartners
        return serves && role.permits(permission, in: holding.organization.kind, of: catalog)
      }
      if !granting.isEmpty { return .grantedBy(granting.map(\.id), in: organization.id, from: holding.organization.id) }
    }
    return own
  }

  /// The roles whose rules about handing out roles count at the target.
  package func roles(countingAt target: Target) -> [Role] {
    let own: [Role] =
      if subject == .active, target.organization.isOpen, case .active(let roles) = membership(in: target.organization) {
        roles.filter { $0.canBeHeld(in: target.organization) }
      } else {
        []
      }
    return own + crossing(into: target).flatMap(\.roles)
  }

  private func membership(in organization: OrganizationFacts) -> Facts.Membership {
    holdings.first { $0.organization.id == organization.id }?.membership ?? .none
  }

  /// The roles held in other organizations that reach the target, by the organization in which they are held.
  private func crossing(into target: Target) -> [(holding: Holding, roles: [Role])] {
    guard subject == .active else { return [] }
    return holdings.compactMap { holding in
      guard holding.organization.id != target.organization.id, holding.organization.isOpen else { return nil }
      guard case .active(let roles) = holding.membership else { return nil }
      let reaching = roles.filter { role in
        guard role.canBeHeld(in: holding.organization) else { return false }
        return switch role.reach {
        case .ownOrganization: false
        // A closed organization is still the operator's to look after: somebody has to be able to open it again.
        case .everyOrganization: holding.organization.kind == .portal
        case .agreementsNamingPartner: target.partner == holding.organization.id && target.organization.isOpen
        }
      }
      return reaching.isEmpty ? nil : (holding, reaching)
    }
  }
}
