package import AccessControl
internal import Primitives

/// Changes what an application is registered for. What was granted before is judged by the new settings from the next request on.
package struct ChangeApplication: Sendable {
  package enum Refusal: Error, Sendable {
    case unknown
    /// The version is not the one that was seen.
    case changedMeanwhile
    case flawed([ApplicationFlaw])
  }

  package init() {}

  /// Needs `application:manage` as for registering; see `RegisterApplication`.
  ///
  /// - Parameters:
  ///   - change: turns the details as they are into those wanted. It may be called again after a conflict.
  ///   - version: the version the caller saw; nil changes whatever is there.
  /// - Throws: `Refusal`, `AccessDenied`; the latter also for an unknown application, to those who do not see them all.
  package func callAsFunction(
    _ id: ApplicationID, seen version: Int64?, _ occasion: Occasion, env: Environment,
    _ change: @escaping @Sendable (inout ApplicationDetails) -> Void
  ) async throws -> Application {
    let settings = env.settings
    return try await env.write(occasion) { tx in
      let found = try tx.applicationToChange(id, occasion)
      if let version, version != found.version { throw Refusal.changedMeanwhile }
      let before = ApplicationDetails(of: found)
      var details = before
      change(&details)
      guard details != before else { return found }
      try tx.checkPortalSettings(details, before: before, owner: found.owner, occasion)
      let flaws = try ApplicationRules.flaws(details, owner: found.owner, settings) + tx.flaws(details, of: id)
      guard flaws.isEmpty else { throw Refusal.flawed(flaws) }
      var changed = found
      details.apply(to: &changed)
      try tx.noteAudienceHolders(of: &changed, before: found)
      if changed.isPublic { changed.secrets = [] }
      return try tx.store(changed, was: found, occasion)
    }
  }
}

/// Stops an application, or lets it work again.
package struct DisableApplication: Sendable {
  package init() {}

  /// Needs `application:manage` where the application belongs. Its grants end for good: enabled again, it must send people to sign in anew.
  ///
  /// - Throws: `ChangeApplication.Refusal`, `AccessDenied`.
  package func callAsFunction(_ id: ApplicationID, seen version: Int64?, _ occasion: Occasion, env: Environment) async throws
    -> Application
  {
    try await setState(.disabled, id, version, occasion, env)
  }

  /// The way back.
  package func undo(_ id: ApplicationID, seen version: Int64?, _ occasion: Occasion, env: Environment) async throws -> Application
  {
    try await setState(.active, id, version, occasion, env)
  }

  private func setState(
    _ state: Application.State, _ id: ApplicationID, _ version: Int64?, _ occasion: Occasion, _ env: Environment
  ) async throws -> Application {
    try await env.write(occasion) { tx in
      let found = try tx.applicationToChange(id, occasion)
      if let version, version != found.version { throw ChangeApplication.Refusal.changedMeanwhile }
      guard found.state != state else { return found }
      var changed = found
      changed.state = state
      if state == .disabled { try tx.endGrants(application: id, as: .applicationDisabled, at: occasion.now) }
      return try tx.store(changed, was: found, occasion)
    }
  }
}

/// Removes an application: every role it holds anywhere is taken, its places in groups end, and so does everything it was granted, in one transaction
/// (THREATS ROL9).
package struct DeleteApplication: Sendable {
  package init() {}

  /// Needs `application:manage` where the application belongs and wherever it holds something, and the right to take each of its roles.
  ///
  /// - Throws: `ChangeApplication.Refusal`, `AccessDenied`.
  package func callAsFunction(_ id: ApplicationID, seen version: Int64?, _ occasion: Occasion, env: Environment) async throws {
    try await env.write(occasion) { tx in
      let found = try tx.applicationToChange(id, occasion)
      if let version, version != found.version { throw ChangeApplication.Refusal.changedMeanwhile }
      try tx.endGrants(application: id, as: .applicationDisabled, at: occasion.now)
      let holds =
        try tx.roleAssignments(of: .application(id)).map(\.organization)
        + tx.groupMemberships(of: .application(id)).map(\.organization)
      for place in Set(holds).sorted() {
        try tx.takeEverything(
          from: .application(id), under: try tx.permit(.applicationManage, in: place, occasion), occasion)
      }
      let permit = try tx.permit(.applicationManage, of: found.owner, occasion)
      guard try tx.delete(try tx.warrant(toDelete: found, under: permit)) else { throw ChangeApplication.Refusal.unknown }
      try tx.record(.applicationDeleted, on: id.auditName, in: found.owner, before: found.auditState, after: nil, occasion)
    }
  }
}

extension Transaction {
  /// The application somebody wants to change, after checking that they may.
  func applicationToChange(_ id: ApplicationID, _ occasion: Occasion) throws -> Application {
    guard let found = try application(id) else {
      _ = try permitInPortal(.applicationManage, occasion)
      throw ChangeApplication.Refusal.unknown
    }
    _ = try permit(.applicationManage, of: found.owner, occasion)
    return found
  }

  func store(_ changed: Application, was found: Application, _ occasion: Occasion) throws -> Application {
    guard try update(changed) else { throw ChangeApplication.Refusal.changedMeanwhile }
    var stored = changed
    stored.version += 1
    try record(
      .applicationChanged, on: found.id.auditName, in: found.owner, before: found.auditState, after: stored.auditState, occasion)
    return stored
  }
}
