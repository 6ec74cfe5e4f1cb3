package import Localization

/// *Services*: what this person may use, and the tasks their roles open.
package struct DashboardPage: Page {
  package struct Service: Sendable {
    package var name: String
    package var description: String
    /// Where the service starts; an address the operator registered.
    package var address: String

    package init(name: String, description: String, address: String) {
      self.name = name
      self.description = description
      self.address = address
    }
  }

  package enum Task: Sendable, Hashable { case users, inviteUser, profile }

  package enum Notice: Sendable {
    case accountCreated
    case agreementAdded
    /// Now a member of the organization of that name.
    case joined(String)
  }

  package static let template = "dashboard"
  package var frame: PageFrame
  package var givenName: String
  /// Nil for a personal account.
  package var organization: String?
  package var roles: [RoleLabel]
  package var services: [Service]
  package var tasks: [Task]
  package var notice: Notice?

  package init(
    frame: PageFrame, givenName: String, organization: String?, roles: [RoleLabel], services: [Service], tasks: [Task],
    notice: Notice? = nil
  ) {
    self.frame = frame
    self.givenName = givenName
    self.organization = organization
    self.roles = roles
    self.services = services
    self.tasks = tasks
    self.notice = notice
  }

  package func title(_ say: Sentences) -> String {
    if case .accountCreated = notice { return say.dashboard.welcome(givenName) }
    return say.dashboard.hello(givenName)
  }

  package func view(_ say: Sentences) -> View {
    [
      "wide": true, "onServices": true, "organization": organization ?? say.dashboard.personal, "roles": roles.line(say),
      "services": services.isEmpty
        ? nil
        : services.map {
          ["name": $0.name, "description": $0.description.isEmpty ? nil : $0.description, "address": $0.address] as View
        },
      "tasks": tasks.map { view(of: $0, say) }, "notice": notice.map { text(of: $0, say) },
    ]
  }

  private func view(of task: Task, _ say: Sentences) -> View {
    switch task {
    case .users: ["name": say.dashboard.users, "hint": say.dashboard.usersHint, "address": "/users"]
    case .inviteUser: ["name": say.dashboard.inviteUser, "hint": say.dashboard.inviteUserHint, "address": "/users/invite"]
    case .profile: ["name": say.dashboard.profile, "hint": say.dashboard.profileHint, "address": "/profile"]
    }
  }

  private func text(of notice: Notice, _ say: Sentences) -> String {
    switch notice {
    case .accountCreated: say.dashboard.created
    case .agreementAdded: say.dashboard.agreementAdded
    case .joined(let organization): say.dashboard.joined(organization)
    }
  }
}
