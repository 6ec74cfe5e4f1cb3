package import AccessControl
internal import Primitives

/// Why a permission is not defined or deleted as somebody wants, beside that they may not.
package enum PermissionDefinitionRefusal: Error, Sendable, Hashable {
  /// No operator has defined such a permission.
  case unknown
  /// It is one of Usher's own, or about things that are Usher's own affair.
  case reserved
  /// It means nothing anywhere.
  case noKind
  /// What it is for is not 1 to 200 visible characters, or a language tag is none.
  case textRefused
  /// There are 1000 already.
  case tooMany
  /// Where it means something, and whether it opens customers' data, stays as it was: roles list it for what it is.
  case meaningFixed
  /// These roles list it; nothing was changed.
  case inUse([RoleID])
  case changedMeanwhile
}

/// Defines a permission for the services of the portal, or describes one anew.
package struct DefinePermission: Sendable {
  package struct Defined: Sendable {
    package let permission: DefinedPermission
    package let isNew: Bool
  }

  /// How many permissions operators may define.
  package static let maximum = 1_000
  /// The longest summary, in characters.
  package static let maximumSummary = 200

  package init() {}

  /// Needs `permission:define` in the portal.
  ///
  /// It serves neither operators nor partners beyond their own organizations: that is for permissions about Usher itself.
  ///
  /// - Parameters:
  ///   - translations: of the summary, by language tag.
  ///   - version: the version the caller saw; nil changes whatever is there.
  /// - Throws: `PermissionDefinitionRefusal`, `AccessDenied`.
  package func callAsFunction(
    _ permission: Permission, summary: String, translations: [(language: String, summary: String)], kinds: Set<OrganizationKind>,
    isCustomerData: Bool, seen version: Int64?, _ occasion: Occasion, env: Environment
  ) async throws -> Defined {
    try await env.write(occasion) { tx in
      let permit = try tx.permitInPortal(.permissionDefine, occasion)
      guard !PermissionCatalog.ownResourceTypes.contains(permission.resourceType), !PermissionCatalog.isBuiltIn(permission) else {
        throw PermissionDefinitionRefusal.reserved
      }
      guard !kinds.isEmpty else { throw PermissionDefinitionRefusal.noKind }
      let definition = PermissionDefinition(
        permission, try Self.cleaned(summary), translations: try Self.cleaned(translations), kinds: kinds,
        isCustomerData: isCustomerData)
      guard let current = try tx.definedPermission(permission) else {
        guard version == nil else { throw PermissionDefinitionRefusal.changedMeanwhile }
        let known = permit.authority.catalog.definitions.count - PermissionCatalog.builtIn.definitions.count
        guard known < Self.maximum else { throw PermissionDefinitionRefusal.tooMany }
        let last = try tx.permissionVersions(permission).last
        let defined = DefinedPermission(
          definition: definition, createdAt: occasion.now,
          definedAt: max(occasion.now, last?.validUntil ?? occasion.now), definedBy: occasion.actor.auditName,
          version: (last?.thing.version ?? 0) + 1)
        do {
          try tx.insert(try tx.warrant(toDefine: defined, under: permit))
        } catch StoreError.taken(.permission) {
          throw PermissionDefinitionRefusal.changedMeanwhile
        }
        try tx.record(
          .permissionDefined, on: permission.auditName, in: permit.organization.id, before: nil, after: defined.audited, occasion)
        return Defined(permission: defined, isNew: true)
      }
      if let version, version != current.version { throw PermissionDefinitionRefusal.changedMeanwhile }
      guard kinds == current.definition.kinds, isCustomerData == current.definition.isCustomerData else {
        throw PermissionDefinitionRefusal.meaningFixed
      }
      guard definition != current.definition else { return Defined(permission: current, isNew: false) }
      let defined = DefinedPermission(
        definition: definition, createdAt: current.createdAt, definedAt: occasion.now.after(current.definedAt),
        definedBy: occasion.actor.auditName, version: current.version + 1)
      guard try tx.update(try tx.warrant(toDefine: defined, under: permit)) else {
        throw PermissionDefinitionRefusal.changedMeanwhile
      }
      try tx.record(
        .permissionRedefined, on: permission.auditName, in: permit.organization.id, before: current.audited,
        after: defined.audited, occasion)
      return Defined(permission: defined, isNew: false)
    }
  }

  private static func cleaned(_ summary: String) throws(PermissionDefinitionRefusal) -> String {
    guard let cleaned = DisplayText.cleaned(summary, limit: maximumSummary) else { throw .textRefused }
    return cleaned
  }

  private static func cleaned(
    _ translations: [(language: String, summary: String)]
  ) throws(PermissionDefinitionRefusal) -> [String: String] {
    guard translations.count <= Wording.maximumTranslations else { throw .textRefused }
    var cleaned: [String: String] = [:]
    for (language, summary) in translations {
      guard let tag = Wording.languageTag(language), cleaned[tag] == nil else { throw .textRefused }
      cleaned[tag] = try Self.cleaned(summary)
    }
    return cleaned
  }
}

/// Deletes a permission that no role lists any more (THREATS ROL9). Who has everything loses it.
package struct DeletePermission: Sendable {
  package init() {}

  /// Needs `permission:define` in the portal.
  ///
  /// - Parameter version: the version the caller saw; nil deletes whatever is there.
  /// - Throws: `PermissionDefinitionRefusal`, `AccessDenied`.
  package func callAsFunction(
    _ permission: Permission, seen version: Int64?, _ occasion: Occasion, env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let permit = try tx.permitInPortal(.permissionDefine, occasion)
      guard let current = try tx.definedPermission(permission) else {
        throw PermissionCatalog.isBuiltIn(permission) ? PermissionDefinitionRefusal.reserved : .unknown
      }
      if let version, version != current.version { throw PermissionDefinitionRefusal.changedMeanwhile }
      let listing = permit.roles.listing(permission).map(\.id)
      guard listing.isEmpty else { throw PermissionDefinitionRefusal.inUse(listing) }
      let warrant = try tx.warrant(toDelete: current, at: occasion.now.after(current.definedAt), under: permit)
      guard try tx.delete(warrant) else { throw PermissionDefinitionRefusal.unknown }
      try tx.record(
        .permissionDeleted, on: permission.auditName, in: permit.organization.id, before: current.audited, after: nil, occasion)
    }
  }
}

extension DefinedPermission {
  fileprivate var audited: JSONObject {
    [
      "version": .integer(version), "customer_data": .bool(definition.isCustomerData),
      "organization_kinds": .array(definition.kinds.map(\.rawValue).sorted().map { .string($0) }),
    ]
  }
}

extension Permission {
  package var auditName: String { "permission:\(text)" }
}
