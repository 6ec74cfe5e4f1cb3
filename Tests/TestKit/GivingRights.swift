package import AccessControl
package import Identity
package import Primitives

extension Transaction {
  /// Puts a role into somebody's hands as the command line could, without a word in the audit trail.
  ///
  /// There is no way past the choke point, not even for tests: it gives what an operator may give. A store without a portal gets one.
  package func seed(_ assignment: RoleAssignment) throws {
    let permit = try permit(.roleAssign, in: assignment.organization, portalsOwn())
    try insert(try warrant(toGive: assignment, because: .permit(permit, .assignment)))
  }

  /// Takes a role likewise, the last administrator's too.
  ///
  /// - Returns: false when it was gone already.
  @discardableResult
  package func unseed(_ assignment: RoleAssignment) throws -> Bool {
    let occasion = try portalsOwn()
    return try delete(
      try warrant(toTake: assignment, under: try permit(.roleAssign, in: assignment.organization, occasion), occasion))
  }

  /// What an operator who runs a command could be doing now.
  private func portalsOwn() throws -> Occasion {
    if try portalOrganization() == nil {
      try insert(
        Organization(
          id: OrganizationID(trusted: "portal-of-tests"), kind: .portal, name: "Portal", createdAt: Timestamp(seconds: 0)))
    }
    return Occasion(
      now: Timestamp(seconds: 0), actor: Actor(.command("test"), address: nil, requestID: nil), randomness: SystemRandomness())
  }
}

extension Transaction {
  /// Puts somebody into a group as an operator could.
  ///
  /// - Returns: false when they belonged to it before.
  @discardableResult
  package func seed(_ membership: GroupMembership) throws -> Bool {
    try insert(try warrant(toAdd: membership, under: permit(.userManage, in: membership.organization, portalsOwn())))
  }

  @discardableResult
  package func unseed(_ membership: GroupMembership) throws -> Bool {
    guard let group = try group(membership.group) else { return false }
    let permit = try permit(.userManage, in: membership.organization, portalsOwn())
    return try delete(try warrant(toRemove: membership.member, from: group, under: permit))
  }

  @discardableResult
  package func unseed(_ group: Group) throws -> Bool {
    let occasion = try portalsOwn()
    return try delete(
      try warrant(toDelete: group, under: permit(.userManage, in: group.organization, occasion), occasion))
  }

  @discardableResult
  package func unseed(_ subject: RegisteredSubject) throws -> Bool {
    let occasion = try portalsOwn()
    return try delete(
      try warrant(toDelete: subject, under: permit(.userManage, in: subject.organization, occasion), occasion))
  }
}

extension Transaction {
  /// Ends a membership as an operator could, with what is held by it.
  ///
  /// - Returns: false when it was gone already.
  @discardableResult
  package func unseedMembership(_ account: AccountID, in organization: OrganizationID) throws -> Bool {
    try unseedEverything(of: .account(account), in: organization)
    return try delete(
      try warrant(toRemove: account, from: organization, under: permit(.userManage, in: organization, portalsOwn())))
  }

  /// Deletes an application likewise.
  @discardableResult
  package func unseed(_ application: Application) throws -> Bool {
    try unseedEverything(of: .application(application.id), in: nil)
    return try delete(
      try warrant(toDelete: application, under: permit(.applicationManage, of: application.owner, portalsOwn())))
  }

  private func unseedEverything(of holder: RoleHolder, in organization: OrganizationID?) throws {
    for assignment in try roleAssignments(of: holder) where assignment.organization == organization ?? assignment.organization {
      try unseed(assignment)
    }
    guard let member = holder.groupMember else { return }
    for place in try groupMemberships(of: member) where place.organization == organization ?? place.organization {
      try unseed(place)
    }
  }
}

extension Transaction {
  /// Stores a role as an operator could define it.
  package func seed(_ role: DefinedRole) throws { try insert(try warrant(toDefine: role, under: definersPermit(role))) }

  /// Stores a further version of a role likewise.
  ///
  /// - Returns: false when somebody was faster.
  package func reseed(_ role: DefinedRole) throws -> Bool {
    try update(try warrant(toDefine: role, under: definersPermit(role)))
  }

  package func unseed(_ role: DefinedRole, at moment: Timestamp) throws -> Bool {
    try delete(try warrant(toDelete: role, at: moment, under: definersPermit(role)))
  }

  /// Stores an exclusion of roles as an operator could define it.
  package func seed(_ exclusion: DefinedExclusion) throws {
    try insert(try warrant(toDefine: exclusion, under: definersPermit(exclusion.exclusion.origin)))
  }

  package func reseed(_ exclusion: DefinedExclusion) throws -> Bool {
    try update(try warrant(toDefine: exclusion, under: definersPermit(exclusion.exclusion.origin)))
  }

  package func unseed(_ exclusion: DefinedExclusion, at moment: Timestamp) throws -> Bool {
    try delete(try warrant(toDelete: exclusion, at: moment, under: definersPermit(exclusion.exclusion.origin)))
  }

  /// Stores a limit of a role as an operator could define it.
  package func seed(_ limit: DefinedLimit) throws {
    try insert(try warrant(toDefine: limit, under: definersPermit(limit.limit.origin)))
  }

  package func reseed(_ limit: DefinedLimit) throws -> Bool {
    try update(try warrant(toDefine: limit, under: definersPermit(limit.limit.origin)))
  }

  package func unseed(_ limit: DefinedLimit, at moment: Timestamp) throws -> Bool {
    try delete(try warrant(toDelete: limit, at: moment, under: definersPermit(limit.limit.origin)))
  }

  /// Stores a permission as an operator could define it.
  package func seed(_ permission: DefinedPermission) throws {
    try insert(try warrant(toDefine: permission, under: permitInPortal(.permissionDefine, portalsOwn())))
  }

  package func reseed(_ permission: DefinedPermission) throws -> Bool {
    try update(try warrant(toDefine: permission, under: permitInPortal(.permissionDefine, portalsOwn())))
  }

  package func unseed(_ permission: DefinedPermission, at moment: Timestamp) throws -> Bool {
    try delete(try warrant(toDelete: permission, at: moment, under: permitInPortal(.permissionDefine, portalsOwn())))
  }

  private func definersPermit(_ role: DefinedRole) throws -> Permit { try definersPermit(role.role.origin) }

  private func definersPermit(_ origin: Role.Origin) throws -> Permit {
    let occasion = try portalsOwn()
    guard case .organization(let owner) = origin else { return try permitInPortal(.roleDefine, occasion) }
    return try permit(.roleDefine, in: owner, occasion)
  }
}
