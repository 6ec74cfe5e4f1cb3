package import AccessControl
internal import Primitives

/// Signs out: the session ends, and every grant that came from it, also those with `offline_access`.
package struct EndSession: Sendable {
  package init() {}

  /// - Returns: false when it had ended before.
  @discardableResult
  package func callAsFunction(_ session: Session, _ occasion: Occasion, env: Environment) async throws -> Bool {
    try await env.store.write { tx in try tx.end(session, as: .signedOut, .signedOut, occasion) }
  }
}

/// Ends one of a person's own sessions from their list, or all but the one they are in.
package struct EndOwnSessions: Sendable {
  package init() {}

  /// - Parameter id: one session; nil for every other one.
  /// - Returns: how many ended.
  package func callAsFunction(_ id: SessionID?, from current: Session, _ occasion: Occasion, env: Environment) async throws -> Int
  {
    try await env.store.write { tx in
      let open = try tx.openSessions(of: current.account).filter { session in
        id.map { $0 == session.id } ?? (session.id != current.id)
      }
      return try open.filter { try tx.end($0, as: .ended, .sessionEnded, occasion) }.count
    }
  }
}

/// Ends every session of a member, for an administrator of their home organization or an operator.
package struct EndMemberSessions: Sendable {
  package enum Refusal: Error, Sendable {
    /// Nobody with this id is at home in the organization.
    case unknown
  }

  package init() {}

  /// Needs `session:manage` in the person's home organization, and the right to act on this person.
  ///
  /// - Parameter id: one session; nil for all.
  /// - Returns: how many ended.
  package func callAsFunction(
    of account: AccountID, _ id: SessionID?, in organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> Int {
    try await env.write(occasion) { tx in
      let permit = try tx.permit(.sessionManage, in: organization, occasion)
      guard let person = try tx.account(account), person.home == organization else { throw Refusal.unknown }
      try tx.checkMayAct(on: .account(account), under: permit)
      let open = try tx.openSessions(of: account).filter { session in id.map { $0 == session.id } ?? true }
      return try open.filter { try tx.end($0, as: .endedByAdministrator, .sessionEnded, occasion) }.count
    }
  }
}

extension Transaction {
  /// Ends a session and everything that hangs on it, and records it.
  func end(_ session: Session, as ending: Session.Ending, _ grants: Grant.Ending, _ occasion: Occasion) throws -> Bool {
    guard try endSession(session.id, as: ending, at: occasion.now) else { return false }
    try endGrants(session: session.id, includingOffline: true, as: grants, at: occasion.now)
    try record(
      .sessionEnded, on: session.id.auditName, in: try account(session.account)?.home, occasion,
      details: ["account": .string(session.account.text), "why": .string(ending.rawValue)])
    return true
  }
}
