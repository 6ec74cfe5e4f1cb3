internal import AccessControl
internal import Identity
internal import Primitives

/// What one question comes to.
enum Outcome {
  case decided(Decision)
  /// It cannot be asked like this. The sentence says which member is wrong, and repeats nothing of what was sent.
  case flawed(String)

  /// An error is never a yes.
  var isAllowed: Bool {
    if case .decided(let decision) = self { decision.allowed } else { false }
  }

  init(_ setting: Setting, _ question: () throws(QuestionReader.Flaw) -> AccessRequest) {
    let asked: AccessRequest
    do { asked = try question() } catch {
      self = .flawed(error.sentence)
      return
    }
    do { self = .decided(try setting.decide(asked)) } catch {
      switch error {
      case .activeRolesMalformed:
        self = .flawed("context.active_roles is no array of at most \(RoleActivation.maximumActive) ids of roles.")
      case .contradiction: self = .flawed("resource.properties.organization and context.organization differ.")
      }
    }
  }
}
