internal import AccessControl
internal import Primitives

/// What an application's details must be, whoever sets them.
enum ApplicationRules {
  /// How many elements each list may have.
  static let maximumCount = 20
  static let maximumAudienceLength = 500

  /// Every flaw that can be told without the store.
  static func flaws(_ details: ApplicationDetails, owner: OrganizationID?, _ settings: IdentitySettings) -> [ApplicationFlaw] {
    var flaws: [ApplicationFlaw] = []
    if DisplayText.cleaned(details.name, limit: 100) != details.name { flaws.append(.init(.name, "malformed")) }
    flaws += grantTypes(details)
    flaws += addresses(details.redirectURIs, .redirectURIs) + addresses(details.postSignOutRedirectURIs, .postSignOutRedirectURIs)
    if details.grantTypes.contains(.authorizationCode), details.redirectURIs.isEmpty {
      flaws.append(.init(.redirectURIs, "required"))
    }
    if let start = details.startURL { flaws += addresses([start], .startURL).map { .init(.startURL, $0.code) } }
    flaws += scopes(details)
    flaws += audiences(details, settings)
    if details.decidesIn != nil, owner != nil { flaws.append(.init(.decidesIn, "only_portal_wide")) }
    if details.introspectsForAll, details.authentication == .none { flaws.append(.init(.introspectsForAll, "needs_secret")) }
    return flaws
  }

  private static func grantTypes(_ details: ApplicationDetails) -> [ApplicationFlaw] {
    var flaws: [ApplicationFlaw] = []
    if details.grantTypes.contains(.refreshToken), !details.grantTypes.contains(.authorizationCode) {
      flaws.append(.init(.grantTypes, "refresh_needs_code"))
    }
    if details.grantTypes.contains(.clientCredentials), details.authentication == .none {
      flaws.append(.init(.grantTypes, "needs_secret"))
    }
    return flaws
  }

  private static func addresses(_ list: [String], _ field: ApplicationFlaw.Field) -> [ApplicationFlaw] {
    guard list.count <= maximumCount else { return [.init(field, "too_many")] }
    return list.enumerated().compactMap { index, text -> ApplicationFlaw? in
      switch Result(catching: { () throws(RedirectURI.Flaw) in try RedirectURI(text) }) {
      case .success: list[..<index].contains(where: text.isExactly) ? .init(field, "repeated", at: index) : nil
      case .failure(let flaw): .init(field, flaw.rawValue, at: index)
      }
    }
  }

  private static func scopes(_ details: ApplicationDetails) -> [ApplicationFlaw] {
    guard details.scopes.count <= Scope.maximumCount else { return [.init(.scopes, "too_many")] }
    guard details.scopes.allSatisfy(Scope.isWellFormed) else { return [.init(.scopes, "malformed")] }
    return details.scopes.contains(where: Scope.isReserved) ? [.init(.scopes, "reserved")] : []
  }

  /// An audience is an absolute URI without a fragment (RFC 8707 §2), and not one of ours.
  private static func audiences(_ details: ApplicationDetails, _ settings: IdentitySettings) -> [ApplicationFlaw] {
    var flaws: [ApplicationFlaw] = []
    for (field, list) in [
      (ApplicationFlaw.Field.audiences, details.audiences), (.requestableAudiences, details.requestableAudiences),
    ] {
      if list.count > maximumCount { flaws.append(.init(field, "too_many")) }
      for (index, audience) in list.prefix(maximumCount).enumerated() {
        if !isAudience(audience) { flaws.append(.init(field, "malformed", at: index)) }
        if settings.isOwnAudience(audience) { flaws.append(.init(field, "reserved", at: index)) }
        if list[..<index].contains(where: audience.isExactly) { flaws.append(.init(field, "repeated", at: index)) }
      }
    }
    if let named = details.defaultAudience, !(details.audiences + details.requestableAudiences).contains(where: named.isExactly) {
      flaws.append(.init(.defaultAudience, "not_listed"))
    }
    return flaws
  }

  private static func isAudience(_ text: String) -> Bool {
    guard text.utf8.count <= maximumAudienceLength, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains("#"),
      let colon = text.firstIndex(of: ":"), text.index(after: colon) < text.endIndex
    else { return false }
    let scheme = text[..<colon].utf8
    return scheme.first.map { (0x61...0x7A).contains($0) } ?? false
      && scheme.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0) }
  }
}

extension Transaction {
  /// The flaws that depend on what else is registered.
  func flaws(_ details: ApplicationDetails, of application: ApplicationID?) throws -> [ApplicationFlaw] {
    var flaws: [ApplicationFlaw] = []
    for (index, audience) in details.audiences.enumerated() {
      if let holder = try self.application(audience: audience), holder.id != application {
        flaws.append(.init(.audiences, "taken", at: index))
      }
    }
    for (index, audience) in details.requestableAudiences.enumerated()
    where try self.application(audience: audience) == nil {
      flaws.append(.init(.requestableAudiences, "unknown", at: index))
    }
    for organization in details.decidesIn ?? [] where try self.organization(organization) == nil {
      flaws.append(.init(.decidesIn, "unknown"))
    }
    return flaws
  }

  /// What only the portal may decide: whom an application may sign in, about whose tokens it learns, where it asks for decisions, and tokens for
  /// services of others. An organization's own manager may leave such a setting as it is, and may ask for the organization's own services.
  ///
  /// - Throws: `AccessDenied`.
  func checkPortalSettings(
    _ details: ApplicationDetails, before: ApplicationDetails?, owner: OrganizationID?, _ occasion: Occasion
  ) throws {
    let foreign = try details.requestableAudiences.contains { audience in
      guard before?.requestableAudiences.contains(where: audience.isExactly) != true else { return false }
      return try application(audience: audience).map { $0.owner == nil || $0.owner != owner } ?? false
    }
    let touches =
      details.isTrusted != (before?.isTrusted ?? false) || details.introspectsForAll != (before?.introspectsForAll ?? false)
      || details.decidesIn != before?.decidesIn || details.admits != (before?.admits ?? .work) || foreign
    // What a trusted application may do was weighed when it was marked: where browsers are sent is part of that.
    let movesTrust =
      before?.isTrusted == true
      && (details.redirectURIs != before?.redirectURIs
        || details.postSignOutRedirectURIs != before?.postSignOutRedirectURIs || details.scopes != before?.scopes
        || details.authentication != before?.authentication)
    if touches || movesTrust { _ = try permitInPortal(.applicationManage, occasion) }
  }
}
