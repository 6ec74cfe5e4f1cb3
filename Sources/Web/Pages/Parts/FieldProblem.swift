internal import Localization

/// What is wrong with one field of a form, worded for the person who filled it in.
package enum FieldProblem: Sendable, Hashable {
  case required
  case emailMalformed
  case nameMalformed
  /// More characters than the maximum given.
  case tooLong(Int)
  case languageUnknown
  case countryUnknown
  case roleMissing
  case roleNotGrantable
  case rolesExcludeEachOther
  case alreadyMember
  case alreadyInvited
  /// Wrong in a way no other case names.
  case malformed
  /// Fewer characters than the minimum given.
  case passwordTooShort(Int)
  case passwordTooLong(Int)
  /// One sign or a short piece, over and over.
  case passwordRepeats
  /// A walk over the keyboard, an alphabet, digits in order.
  case passwordFollowsPattern
  case passwordCommon
  /// In the operator's file of leaked passwords.
  case passwordBreached
  /// Made of the person's own name or address, the organization's or the product's.
  case passwordFromContext
  case passwordMalformed
  case passwordsDiffer
  case currentPasswordWrong
  /// Not the one chosen at sign-up.
  case signUpPasswordWrong

  func text(_ say: Sentences) -> String {
    switch self {
    case .required: say.problems.required
    case .emailMalformed: say.problems.emailMalformed
    case .nameMalformed: say.problems.nameMalformed
    case .tooLong(let maximum): say.problems.tooLong(maximum)
    case .languageUnknown: say.problems.languageUnknown
    case .countryUnknown: say.problems.countryUnknown
    case .roleMissing: say.problems.roleMissing
    case .roleNotGrantable: say.problems.roleNotGrantable
    case .rolesExcludeEachOther: say.user.dutiesNotSeparated
    case .alreadyMember: say.problems.alreadyMember
    case .alreadyInvited: say.problems.alreadyInvited
    case .malformed: say.problems.malformed
    case .passwordTooShort(let minimum): say.passwords.tooShort(minimum)
    case .passwordTooLong(let maximum): say.passwords.tooLong(maximum)
    case .passwordRepeats: say.passwords.repetition
    case .passwordFollowsPattern: say.passwords.pattern
    case .passwordBreached: say.passwords.breached
    case .passwordCommon: say.passwords.common
    case .passwordFromContext: say.passwords.context
    case .passwordMalformed: say.passwords.malformed
    case .passwordsDiffer: say.passwords.differs
    case .currentPasswordWrong: say.passwords.currentWrong
    case .signUpPasswordWrong: say.confirm.passwordWrong
    }
  }
}
