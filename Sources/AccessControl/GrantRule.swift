/// How a role comes to a person.
package enum GrantWay: String, Hashable, Sendable, CaseIterable {
  /// Given to somebody who is a member already. Taking a role is measured by this way too.
  case assignment
  /// Promised in an invitation; checked when it is written and again when it is accepted.
  case invitation
  /// Named as the administrator of an agreement.
  case designation
}

/// Which roles the holder of a role may hand out. This relation is apart from the permissions the holder has.
package enum GrantRule: Hashable, Sendable {
  /// No role at all.
  case nothing
  /// Every role that can be held in the organization where it is given, built in and defined.
  case everyRole
  /// Exactly these, for each way; a way that is not named allows nothing.
  case listed([GrantWay: Set<RoleID>])

  /// Whether this rule covers the role by that way.
  package func covers(_ role: RoleID, by way: GrantWay) -> Bool {
    switch self {
    case .nothing: false
    case .everyRole: true
    case .listed(let roles): roles[way]?.contains(role) ?? false
    }
  }
}
