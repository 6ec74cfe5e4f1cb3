internal import Identity
internal import Primitives

/// Why a command stopped before it did anything, worded for the one who started it.
struct StartRefusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// The words for what the lower rings report; other faults pass as they are.
  static func wording(_ error: any Error) -> any Error {
    switch error {
    case StoreError.unavailable(let reason):
      StartRefusal("the database cannot be used: \(LogText.line(reason)).")
    case StoreError.unreadable(let reason):
      StartRefusal(
        "the database cannot be understood: \(LogText.line(reason)). It was left as it is; a newer Usher may have written it.")
    case PreparePortal.Refusal.wrongRootKey:
      StartRefusal(
        "the root key is not the one that sealed this database. Nothing was changed. Restore the right key (keys/README.md), or point "
          + "root_key_file or database to the other; if its replacement was cut off, run 'usher root-key replace' once more.")
    default: error
    }
  }
}
