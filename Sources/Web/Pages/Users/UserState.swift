internal import Localization
package import Primitives

/// How somebody stands in an organization, as the list and their own page show it.
package enum UserState: Sendable, Hashable {
  case active
  /// The account, or the membership of a guest.
  case suspended
  /// Invited and not yet here; the link is good until then.
  case waiting(until: Timestamp)
  case invitationExpired

  func view(_ say: Sentences) -> View {
    switch self {
    case .active: ["text": say.users.active]
    case .suspended: ["text": say.users.suspended, "off": true]
    case .waiting(let until): ["text": say.users.waitingUntil(say.day(until)), "waiting": true]
    case .invitationExpired: ["text": say.users.invitationExpired, "off": true]
    }
  }
}

/// What has just been done to somebody, said above the page it leads to.
package enum UserNotice: Sendable {
  case invited(String)
  case rolesChanged(String)
  case suspended(String)
  case restored(String)
  case sentAgain(String)
  case withdrawn(String)

  func text(_ say: Sentences) -> String {
    switch self {
    case .invited(let name): say.users.invited(name)
    case .rolesChanged(let name): say.users.rolesChanged(name)
    case .suspended(let name): say.users.nowSuspended(name)
    case .restored(let name): say.users.nowRestored(name)
    case .sentAgain(let name): say.users.sentAgain(name)
    case .withdrawn(let name): say.users.withdrawn(name)
    }
  }
}

/// Why nothing was done to somebody.
package enum UserProblem: Sendable {
  case lastAdministrator
  case dutiesNotSeparated
  /// They would hold more than anybody may.
  case tooManyRoles
  /// As many as may have one of the roles already.
  case roleLimitExceeded
  case notAllowed
  case changedMeanwhile
  /// An invitation was sent only a moment ago.
  case tooSoon(Duration)

  func text(_ say: Sentences) -> String {
    switch self {
    case .lastAdministrator: say.user.lastAdministrator
    case .dutiesNotSeparated: say.user.dutiesNotSeparated
    case .tooManyRoles: say.user.tooManyRoles
    case .roleLimitExceeded: say.user.roleLimitExceeded
    case .notAllowed: say.user.notAllowed
    case .changedMeanwhile: say.user.changedMeanwhile
    case .tooSoon(let span): say.invitation.tooSoon(say.wait(span))
    }
  }
}
