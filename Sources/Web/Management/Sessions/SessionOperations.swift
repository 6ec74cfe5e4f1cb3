internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  static let sessions: [Operation] = [
    .list(
      "/organizations/{organization}/accounts/{account}/sessions", "listSessions",
      "List the living sessions of a person at home here, all on one page.", needs: .permission(.sessionView, in: .organization)
    ) { call in
      let sessions = try await ListMemberSessions()(
        of: try call.account, in: try call.organization, call.occasion, env: call.env)
      return Management.Page(items: sessions.map(Management.Session.init), next: nil)
    },
    ending(
      "/organizations/{organization}/accounts/{account}/sessions", "endSessions",
      "End every session of a person at home here, and everything applications were granted in them."
    ) { _ in nil },
    ending(
      "/organizations/{organization}/accounts/{account}/sessions/{session}", "endSession", "End one session."
    ) { call in try call.id("session") },
  ]

  private static func ending(
    _ path: String, _ name: String, _ summary: String, _ one: @escaping @Sendable (Call) throws -> SessionID?
  ) -> Operation {
    .remove(path, name, summary, needs: .permission(.sessionManage, in: .organization)) { call in
      let session = try one(call)
      let ended = try await EndMemberSessions()(
        of: try call.account, session, in: try call.organization, call.occasion, env: call.env)
      if session != nil, ended == 0 { throw ManagementRefusal.unknown }
    }
  }
}

extension Management.Session: Described {
  static let message = Message(
    "Session", "A browser in which somebody is signed in.",
    [
      .required("id", .id, "The `sid` of tokens."), .required("account", .id),
      .required("authenticated_at", .time, "When the person last proved who they are."), .required("created_at", .time),
      .required("last_seen_at", .time, "To the minute."),
      .required("expires_at", .time, "When it ends whatever happens; it ends earlier when it is not used."),
      .required("user_agent", .text(0...200), "How the browser describes itself."), .required("address", .text(0...64)),
    ])

  init(_ session: Session) {
    self.init(
      id: session.id.text, account: session.account.text, authenticatedAt: session.authenticatedAt.rfc3339,
      createdAt: session.createdAt.rfc3339, lastSeenAt: session.lastSeenAt.rfc3339, expiresAt: session.expiresAt.rfc3339,
      userAgent: session.userAgent, address: session.address)
  }
}

extension EndMemberSessions.Refusal: SaidByManagement {
  var said: ManagementRefusal { .unknown }
}
