/// The names under which our forms send their fields. Routes read by these, templates write them.
package enum FormName {
  package static let csrf = "csrf"
  /// Where to go on afterwards: a path of our own with its query.
  package static let continueTo = "continue"
  /// `work` or `personal`.
  package static let kind = "kind"
  package static let email = "email"
  package static let password = "password"
  package static let passwordAgain = "password_again"
  package static let currentPassword = "current_password"
  package static let givenName = "given_name"
  package static let familyName = "family_name"
  package static let language = "language"
  package static let country = "country"
  /// Sent once for every role that is ticked.
  package static let role = "role"
  package static let agreementNumber = "agreement_number"
  package static let purchasingAccountNumber = "purchasing_account_number"
  package static let session = "session"
  /// The organization a page is about; in its address.
  package static let organization = "organization"
  /// The version of what was shown, so that a change made meanwhile is noticed.
  package static let version = "version"
  /// Which of two buttons was pressed: `done` or `another`.
  package static let then = "then"
}
