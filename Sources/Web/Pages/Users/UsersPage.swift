package import Localization

/// *Users*: everybody in the organization and everybody invited, a page at a time.
package struct UsersPage: Page {
  package struct Row: Sendable {
    package var name: String
    package var email: String
    package var roles: [RoleLabel]
    package var state: UserState
    package var isGuest: Bool
    /// Path and query of this person's, or this invitation's, own page.
    package var address: String

    package init(name: String, email: String, roles: [RoleLabel], state: UserState, isGuest: Bool, address: String) {
      self.name = name
      self.email = email
      self.roles = roles
      self.state = state
      self.isGuest = isGuest
      self.address = address
    }
  }

  package static let template = "users"
  package var frame: PageFrame
  package var organization: String
  /// Others whose users the viewer may see; empty when there are none.
  package var organizations: [OrganizationChoice]
  package var rows: [Row]
  /// Path and query of the form to invite somebody, for those who may.
  package var invite: String?
  /// Path and query of the next page of the list, where there is one.
  package var next: String?
  /// Path and query of the first page, unless this is it.
  package var first: String?
  package var notice: UserNotice?

  package init(
    frame: PageFrame, organization: String, organizations: [OrganizationChoice] = [], rows: [Row], invite: String?,
    next: String? = nil, first: String? = nil, notice: UserNotice? = nil
  ) {
    self.frame = frame
    self.organization = organization
    self.organizations = organizations
    self.rows = rows
    self.invite = invite
    self.next = next
    self.first = first
    self.notice = notice
  }

  package func title(_ say: Sentences) -> String { say.users.title(organization) }

  package func view(_ say: Sentences) -> View {
    [
      "wide": true, "onUsers": true, "organizations": organizations.view, "invite": invite,
      "rows": rows.isEmpty ? nil : rows.map { row($0, say) }, "paged": next != nil || first != nil, "next": next,
      "firstPage": first,
      "notice": notice?.text(say),
    ]
  }

  private func row(_ row: Row, _ say: Sentences) -> View {
    [
      "name": row.name, "email": row.email, "address": row.address, "roles": row.roles.line(say) ?? say.users.noRoles,
      "guest": row.isGuest, "state": row.state.view(say),
    ]
  }
}
