internal import Identity
internal import Primitives

/// A password that is chosen, typed twice.
enum NewPassword {
  static func problems(_ form: FormFields) -> [String: FieldProblem] {
    let (first, second) = (form.first(FormName.password) ?? "", form.first(FormName.passwordAgain) ?? "")
    if first.isEmpty { return [FormName.password: .required] }
    // Swift's comparison calls two spellings of one text equal, and so does the password, which is kept in one of them.
    return first == second ? [:] : [FormName.passwordAgain: .passwordsDiffer]
  }

  static func read(_ form: FormFields) -> Password { Password(form.first(FormName.password) ?? "") }
}

extension FieldProblem {
  init(_ reason: PasswordPolicy.Reason) {
    switch reason {
    case .tooShort: self = .passwordTooShort(PasswordPolicy.minimumLength)
    case .tooLong: self = .passwordTooLong(PasswordPolicy.maximumLength)
    case .repetition: self = .passwordRepeats
    case .pattern: self = .passwordFollowsPattern
    case .common: self = .passwordCommon
    case .context: self = .passwordFromContext
    case .breached: self = .passwordBreached
    }
  }
}
