package import Localization

/// One member of the organization: their roles and whether they may come in.
///
/// Two forms, each with `csrf` and `version`: `role` for every ticked box to `actions.roles`; none more to `actions.suspend` or
/// `actions.restore`. A box that may not be changed is not sent at all, so the route keeps what it stands for.
package struct UserPage: Page {
  package enum Access: Sendable {
    case maySuspend, mayRestore
    /// The viewer may do neither, or is this person.
    case fixed
  }

  /// Paths and queries to which the forms go.
  package struct Actions: Sendable {
    package var roles: String
    package var suspend: String
    package var restore: String

    package init(roles: String, suspend: String, restore: String) {
      self.roles = roles
      self.suspend = suspend
      self.restore = restore
    }
  }

  package static let template = "user"
  package var frame: PageFrame
  package var organization: String
  /// Path and query of the list of its users.
  package var list: String
  package var actions: Actions
  package var name: String
  package var email: String
  package var state: UserState
  package var isGuest: Bool
  package var isViewer: Bool
  package var roles: [RoleChoice]
  package var access: Access
  /// What the forms name as seen.
  package var version: String
  package var problem: UserProblem?
  package var notice: UserNotice?

  package init(
    frame: PageFrame, organization: String, list: String, actions: Actions, name: String, email: String, state: UserState,
    isGuest: Bool, isViewer: Bool, roles: [RoleChoice], access: Access, version: String, problem: UserProblem? = nil,
    notice: UserNotice? = nil
  ) {
    self.frame = frame
    self.organization = organization
    self.list = list
    self.actions = actions
    self.name = name
    self.email = email
    self.state = state
    self.isGuest = isGuest
    self.isViewer = isViewer
    self.roles = roles
    self.access = access
    self.version = version
    self.problem = problem
    self.notice = notice
  }

  package func title(_ say: Sentences) -> String { name }

  package func view(_ say: Sentences) -> View {
    let changeable = roles.filter(\.mayChange).count
    let note = changeable == 0 ? say.user.readOnly : changeable < roles.count ? say.user.onlyThese : say.user.rolesNote
    var form = Form(say)
    form.boxes(FormName.role, say.fields.roles, roles: roles, hint: note)
    var view: View = [
      "wide": true, "onUsers": true, "list": list, "backToList": say.user.backToList(organization),
      "saveRoles": actions.roles, "name": name, "email": email, "state": state.view(say), "guest": isGuest,
      "viewer": isViewer, "fields": form.fields, "changesRoles": changeable > 0, "version": version,
      "alert": problem?.text(say), "notice": notice?.text(say),
    ]
    switch access {
    case .maySuspend:
      view["suspend"] =
        ["hint": isGuest ? say.user.guestSuspendHint : say.user.suspendHint, "action": actions.suspend] as View
    case .mayRestore: view["restore"] = ["action": actions.restore] as View
    case .fixed: break
    }
    return view
  }
}
