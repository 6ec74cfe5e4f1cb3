/// What rests sealed under the root key, and what is signed by a key derived from it, for the one who replaces that key.
///
/// `seal` gets the name that the text is bound to and the text, and gives the one to be put in its place, or nil to leave it.
package protocol SealedStore {
  /// - Returns: how many were replaced, as with the others.
  func resealPeppers(_ seal: (_ id: String, _ sealed: String) throws -> String?) throws -> Int
  func resealSigningKeys(_ seal: (_ id: String, _ sealed: String) throws -> String?) throws -> Int
  /// Those of instances of the version before included.
  func resealLetters(_ seal: (_ id: String, _ sealed: String) throws -> String?) throws -> Int
  /// The head of the chain and every kept checkpoint. Only their signatures may differ afterwards.
  func resignAudit(_ sign: (AuditCheckpoint) throws -> AuditCheckpoint?) throws -> Int
  /// Takes away what is sealed, where nobody can open it any more, and the password hashes, which are worth nothing without their peppers.
  func discardSealed() throws -> (passwords: Int, letters: Int)
}
