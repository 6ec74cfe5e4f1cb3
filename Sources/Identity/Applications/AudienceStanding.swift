internal import AccessControl
internal import Primitives

extension Application {
  /// Whether a token of this application may be for an audience, as things stand now. It is asked anew whenever a token is issued or looked at:
  /// what was taken from the application, and a name that has become somebody else's since, is good for no token (THREATS REF3).
  ///
  /// - An audience that the application is itself is its own.
  /// - One that it lists counts while it belongs to the same owner as the application, or is still the very application that it was when
  ///   somebody who may decide that for the portal let it be listed.
  /// - Of ours, a token may be for the issuer, and for what one of its scopes opens.
  ///
  /// - Parameters:
  ///   - scopes: those of the token; only the ones for which the application is still registered count.
  ///   - holder: the application that is this audience now.
  package func mayAsk(for audience: String, scopes: [String], heldBy holder: Application?, _ settings: IdentitySettings) -> Bool {
    if settings.isOwnAudience(audience) {
      return audience.isExactly(settings.publicAddress)
        || scopes.contains { self.scopes.contains($0) && settings.audience(ofScope: $0).map(audience.isExactly) == true }
    }
    if audiences.contains(where: audience.isExactly) { return true }
    guard requestableAudiences.contains(where: audience.isExactly), let holder else { return false }
    return holder.owner == owner || audienceHolders[audience] == holder.id
  }
}

extension Transaction {
  /// Notes whose each listed audience is. One that was listed before keeps what was noted then, so that no later change agrees to anything new.
  func noteAudienceHolders(of application: inout Application, before: Application?) throws {
    var holders: [String: ApplicationID] = [:]
    for audience in application.requestableAudiences {
      if let before, before.requestableAudiences.contains(where: audience.isExactly) {
        holders[audience] = before.audienceHolders[audience]
      } else {
        holders[audience] = try self.application(audience: audience)?.id
      }
    }
    application.audienceHolders = holders
  }
}
