internal import Storage

/// Which Usher this is: the newest release of CHANGELOG.md, or, with `-dev`, what is to become the next. A test holds the two together.
enum Version {
  static let number = "0.1.0-dev"

  /// What `usher --version` says. The schema tells whether two versions can run side by side.
  static var line: String { "\(number) (schema \(Migration.newest))" }
}
