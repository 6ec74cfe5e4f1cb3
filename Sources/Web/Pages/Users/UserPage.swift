package import Localization

/// One member of the organization: their roles and whether they may come in.
///
/// Two forms, each with `csrf` and `version`: `role` for every ticked box to `<path>/roles`; none more to `<path>/suspend` or
/// `<path>/restore`. A box that may not be changed is not sent at all, so the route keeps what it stands for.
package struct UserPage: Page {
  package enum Access: Sendable {
    case maySuspend, mayRestore
    /// The viewer may do neither, or is this person.
    case fixed
  }

  package static let template = "user"
  package var frame: PageFrame
  /// Path of this page: `/users/…`.
  package var path: String
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
    frame: PageFrame, path: String, name: String, email: String, state: UserState, isGuest: Bool, isViewer: Bool,
    roles: [RoleChoice],
    access: Access, version: String, problem: UserProblem? = nil, notice: UserNotice? = nil
  ) {
    self.frame = frame
    self.path = path
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
      "wide": true, "onUsers": true, "path": path, "name": name, "email": email, "state": state.view(say), "guest": isGuest,
      "viewer": isViewer, "fields": form.fields, "changesRoles": changeable > 0, "version": version,
      "alert": problem?.text(say), "notice": notice?.text(say),
    ]
    switch access {
    case .maySuspend: view["suspend"] = ["hint": isGuest ? say.user.guestSuspendHint : say.user.suspendHint] as View
    case .mayRestore: view["restore"] = true
    case .fixed: break
    }
    return view
  }
}
