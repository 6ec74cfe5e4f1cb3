internal import Primitives

/// What signing up can go on with afterwards: an authorization request, and nothing else.
///
/// Other pages of ours are for people who have an account already, and the secret of an invitation must neither come into a second address
/// (THREATS LNK14) nor rest with a sign-up in the clear (LNK7).
extension ContinuePath {
  var afterSignUp: ContinuePath { isAuthorization ? self : .start }

  /// The form to sign up with, on the way to this.
  var signUpAddress: String { through("/sign-up") }

  /// The page that tells where the letter went, on the way to this.
  var checkMailAddress: String { through("/sign-up/check-mail") }

  /// A request so long that its address could not carry it once more is begun again at the application.
  private func through(_ page: String) -> String {
    let address = "\(page)?\(FormName.continueTo)=\(encoded)"
    return isAuthorization && address.utf8.count <= RequestLimits.standard.targetBytes ? address : page
  }
}
