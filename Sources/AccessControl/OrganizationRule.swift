internal import Primitives

/// Finds the one organization in which a decision is made.
package enum OrganizationRule {
  /// What the rule comes to.
  package enum Resolution: Hashable, Sendable {
    /// The decision is made in this organization, which may turn out not to exist.
    case organization(OrganizationID)
    /// The resource is registered where the asker may not ask. The answer is a denial, and until then the question is answered as if the resource
    /// were registered nowhere: in this organization, by what everybody may know of the subject there, but by no role.
    case withheld(in: OrganizationID)
    /// No decision is made; the answer is a denial.
    case denied(Reason)
    /// The question contradicts itself: the resource's property and the context name different organizations. Not an answer but an error.
    case contradiction
  }

  /// Where an application may ask.
  package enum Asker: Hashable, Sendable {
    /// Owned by one organization: it may ask only there, and need not name it.
    case owned(by: OrganizationID)
    /// Serves the whole portal: it may ask wherever the operator admits it, and has to name the organization.
    case portalWide(Admission)
  }

  /// The organizations in which an operator admits a portal-wide application.
  package enum Admission: Hashable, Sendable {
    case everywhere
    case only(Set<OrganizationID>)

    package func admits(_ organization: OrganizationID) -> Bool {
      switch self {
      case .everywhere: true
      case .only(let organizations): organizations.contains(organization)
      }
    }
  }

  /// Applies the rule.
  ///
  /// - Parameters:
  ///   - registeredResource: the organization of the resource, when the resource is registered. It cannot be overridden.
  ///   - resourceProperty: what `resource.properties.organization` says.
  ///   - context: what `context.organization` says.
  ///   - asker: who asks.
  ///
  /// Names are compared byte for byte. A name that can belong to no organization is answered like that of an organization of which the
  /// subject is no member. What is registered where the asker may not ask looks to it as if it were not registered (THREATS AZN3).
  package static func resolve(
    registeredResource: OrganizationID?, resourceProperty: String?, context: String?, asker: Asker
  ) -> Resolution {
    if let resourceProperty, let context, !same(resourceProperty, context) { return .contradiction }
    let named = resourceProperty ?? context
    if let registeredResource, !may(asker, askIn: registeredResource) {
      let resolution = resolve(registeredResource: nil, named: named, asker: asker)
      if case .organization(let organization) = resolution { return .withheld(in: organization) }
      return resolution
    }
    return resolve(registeredResource: registeredResource, named: named, asker: asker)
  }

  /// The rule for a resource of which the asker may know where it is, or which is registered nowhere.
  private static func resolve(registeredResource: OrganizationID?, named: String?, asker: Asker) -> Resolution {
    let organization: OrganizationID
    if let registeredResource {
      if let named, !same(named, registeredResource.text) { return .denied(.organizationMismatch) }
      organization = registeredResource
    } else if let named {
      guard let presented = OrganizationID(named) else { return .denied(.organizationUnknown) }
      organization = presented
    } else if case .owned(let owner) = asker {
      organization = owner
    } else {
      return .denied(.organizationRequired)
    }

    return may(asker, askIn: organization) ? .organization(organization) : .denied(.applicationNotAdmitted)
  }

  private static func may(_ asker: Asker, askIn organization: OrganizationID) -> Bool {
    switch asker {
    case .owned(let owner): owner == organization
    case .portalWide(let admission): admission.admits(organization)
    }
  }

  /// `String`'s own comparison takes canonically equivalent texts for equal; two names are the same only if their bytes are (ROL7).
  private static func same(_ left: String, _ right: String) -> Bool { left.isExactly(right) }
}
