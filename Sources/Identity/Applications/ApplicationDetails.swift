package import AccessControl
package import Primitives

/// Everything about an application that somebody may set, unchecked. Its id, owner, secrets and state have operations of their own.
package struct ApplicationDetails: Sendable, Hashable {
  package var name: String
  package var authentication: Application.Authentication
  package var grantTypes: Set<Application.GrantType>
  package var redirectURIs: [String] = []
  package var postSignOutRedirectURIs: [String] = []
  package var scopes: Set<String> = []
  package var audiences: [String] = []
  package var defaultAudience: String?
  package var requestableAudiences: [String] = []
  package var signingAlgorithm: SignatureAlgorithm = .es256
  package var admits: Application.Admission = .work
  package var decidesIn: Set<OrganizationID>?
  package var isTrusted = false
  package var introspectsForAll = false
  package var startURL: String?

  package init(name: String, authentication: Application.Authentication, grantTypes: Set<Application.GrantType>) {
    self.name = name
    self.authentication = authentication
    self.grantTypes = grantTypes
  }

  package init(of application: Application) {
    self.init(name: application.name, authentication: application.authentication, grantTypes: application.grantTypes)
    redirectURIs = application.redirectURIs
    postSignOutRedirectURIs = application.postSignOutRedirectURIs
    scopes = application.scopes
    audiences = application.audiences
    defaultAudience = application.defaultAudience
    requestableAudiences = application.requestableAudiences
    signingAlgorithm = application.signingAlgorithm
    admits = application.admits
    decidesIn = application.decidesIn
    isTrusted = application.isTrusted
    introspectsForAll = application.introspectsForAll
    startURL = application.startURL
  }

  /// Writes them into an application.
  func apply(to application: inout Application) {
    application.name = name
    application.authentication = authentication
    application.grantTypes = grantTypes
    application.redirectURIs = redirectURIs
    application.postSignOutRedirectURIs = postSignOutRedirectURIs
    application.scopes = scopes
    application.audiences = audiences
    application.defaultAudience = defaultAudience
    application.requestableAudiences = requestableAudiences
    application.signingAlgorithm = signingAlgorithm
    application.admits = admits
    application.decidesIn = decidesIn
    application.isTrusted = isTrusted
    application.introspectsForAll = introspectsForAll
    application.startURL = startURL
  }
}

/// One thing about an application's details that cannot be taken.
package struct ApplicationFlaw: Sendable, Hashable {
  package enum Field: String, Sendable {
    case name, grantTypes, redirectURIs, postSignOutRedirectURIs, scopes, audiences, defaultAudience, requestableAudiences,
      decidesIn,
      introspectsForAll, startURL
  }

  package let field: Field
  /// Which element of a list, where the field is one.
  package let index: Int?
  /// A stable word: `required`, `too_many`, `taken`, or one of `RedirectURI.Flaw`.
  package let code: String

  package init(_ field: Field, _ code: String, at index: Int? = nil) {
    self.field = field
    self.index = index
    self.code = code
  }
}
