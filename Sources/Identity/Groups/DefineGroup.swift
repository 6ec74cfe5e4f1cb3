package import AccessControl
internal import Primitives

/// Why something is not done with a group, beside that somebody may not.
package enum GroupRefusal: Error, Sendable, Hashable {
  case unknown
  /// Not 1 to 100 visible characters.
  case nameRefused
  /// More than 500 characters, or not visible ones in one line.
  case descriptionRefused
  /// Another group of the organization is called the same, or so that a reader would take it for the same.
  case nameTaken
  /// Nobody of this name is a member of the organization, or is an application or a registered subject of it.
  case memberUnknown
  case changedMeanwhile
}

/// Makes a group in an organization. It holds nothing yet, and nobody belongs to it.
package struct DefineGroup: Sendable {
  package init() {}

  /// Needs `user:manage` in the organization.
  ///
  /// - Parameter description: empty where there is nothing to say.
  /// - Throws: `GroupRefusal`, `AccessDenied`.
  package func callAsFunction(
    name: String, description: String, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> Group {
    try await env.write(occasion) { tx in
      _ = try tx.permit(.userManage, in: organization, occasion)
      let group = Group(
        id: occasion.newID(), organization: organization, name: try Group.cleaned(name: name),
        description: try Group.cleaned(description: description), createdAt: occasion.now)
      do { try tx.insert(group) } catch StoreError.taken(.groupName) { throw GroupRefusal.nameTaken }
      try tx.record(.groupDefined, on: group.id.auditName, in: organization, occasion)
      return group
    }
  }
}

/// Calls a group something else. Who belongs to it and what it holds stay.
package struct RenameGroup: Sendable {
  package init() {}

  /// Needs `user:manage` in the organization.
  ///
  /// - Parameters:
  ///   - name: nil leaves it; so does a nil description.
  ///   - version: the version the caller saw; nil changes whatever is there.
  /// - Throws: `GroupRefusal`, `AccessDenied`.
  package func callAsFunction(
    _ id: GroupID, name: String?, description: String?, in organization: OrganizationID, seen version: Int64?,
    _ occasion: Occasion, env: Environment
  ) async throws -> Group {
    try await env.write(occasion) { tx in
      _ = try tx.permit(.userManage, in: organization, occasion)
      let current = try tx.group(id, of: organization, seen: version)
      var renamed = current
      if let name { renamed.name = try Group.cleaned(name: name) }
      if let description { renamed.description = try Group.cleaned(description: description) }
      guard renamed != current else { return current }
      do {
        guard try tx.update(renamed) else { throw GroupRefusal.changedMeanwhile }
      } catch StoreError.taken(.groupName) { throw GroupRefusal.nameTaken }
      renamed.version += 1
      try tx.record(.groupChanged, on: id.auditName, in: organization, occasion)
      return renamed
    }
  }
}

/// Deletes a group: what it holds is taken, and everybody's place in it ends, in the same transaction (THREATS ROL9).
package struct DeleteGroup: Sendable {
  package init() {}

  /// Needs `user:manage` in the organization, and the right to take each role that the group holds.
  ///
  /// - Parameter version: the version the caller saw; nil deletes whatever is there.
  /// - Throws: `GroupRefusal`, `AccessDenied`.
  package func callAsFunction(
    _ id: GroupID, in organization: OrganizationID, seen version: Int64?, _ occasion: Occasion, env: Environment
  ) async throws {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.userManage, in: organization, occasion)
      let group = try tx.group(id, of: organization, seen: version)
      try tx.takeAllRoles(of: .group(id), under: permit, occasion)
      var last: String?
      repeat {
        let page = try tx.members(of: id, PageRequest(limit: PageRequest.maximumLimit, after: last))
        for membership in page.items { try tx.recordLeaving(membership.member, group, occasion) }
        last = page.next
      } while last != nil
      guard try tx.delete(try tx.warrant(toDelete: group, under: permit, occasion)) else { throw GroupRefusal.unknown }
      try tx.record(.groupDeleted, on: id.auditName, in: organization, occasion)
    }
  }
}

extension Transaction {
  /// A group of the organization, as the caller saw it.
  ///
  /// - Throws: `GroupRefusal`.
  func group(_ id: GroupID, of organization: OrganizationID, seen version: Int64? = nil) throws -> Group {
    guard let group = try group(id), group.organization == organization else { throw GroupRefusal.unknown }
    if let version, version != group.version { throw GroupRefusal.changedMeanwhile }
    return group
  }
}

extension Group {
  fileprivate static func cleaned(name: String) throws(GroupRefusal) -> String {
    guard let cleaned = DisplayText.cleaned(name, limit: Wording.maximumName) else { throw .nameRefused }
    return cleaned
  }

  fileprivate static func cleaned(description: String) throws(GroupRefusal) -> String {
    guard !description.isEmpty else { return "" }
    guard let cleaned = DisplayText.cleaned(description, limit: Wording.maximumDescription) else { throw .descriptionRefused }
    return cleaned
  }
}
