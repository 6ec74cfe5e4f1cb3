/// Who may hand out which role, and whom one may act upon.
///
/// These functions judge the granting relation alone. The permission for the operation itself (`role:assign`, `user:invite`, `user:manage`)
/// is `Authority.decide`'s, and both must agree.
extension Authority {
  /// Whether the actor may hand out the role at the target by that way.
  package func mayGrant(_ role: Role, by way: GrantWay, at target: Target) -> Bool {
    role.canBeHeld(in: target.organization)
      && roles(countingAt: target).contains { $0.mayGrant.covers(role.id, by: way) }
  }

  /// Whether the actor may take the role from somebody at the target. Who may not assign a role may not take it either; to be allowed to
  /// promise it in invitations is not enough.
  package func mayTake(_ role: Role, at target: Target) -> Bool {
    mayGrant(role, by: .assignment, at: target)
  }

  /// Whether the actor may suspend, remove, re-address or reset somebody who holds these roles at the target (ROL12): only if they may
  /// take each of them.
  package func mayAct(onHolderOf roles: some Sequence<Role>, at target: Target) -> Bool {
    roles.allSatisfy { mayTake($0, at: target) }
  }

  /// Which of the candidates the actor may hand out at the target by that way, in the order given.
  package func grantable(_ candidates: [Role], by way: GrantWay, at target: Target) -> [Role] {
    candidates.filter { mayGrant($0, by: way, at: target) }
  }
}
