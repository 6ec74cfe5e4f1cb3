internal import Primitives

/// What `serve --sample` made, for scripts and for people who want to sign in: the file `sample.json` in the data folder, readable by its owner
/// alone, since it holds passwords.
struct SampleDocument: Sendable {
  struct Person: Sendable {
    let email: String
    let password: String
    let roles: [String]
    let organization: String?
  }

  struct Application: Sendable {
    let name: String
    let id: String
    let secret: String?
    let redirectURIs: [String]
  }

  static let fileName = "sample.json"

  let issuer: String
  let `operator`: Person
  /// An application of the portal's own organization that acts as an operator, for the management API.
  let automation: Application
  let members: [Person]
  let partner: Person
  let personal: Person
  let applications: [Application]
  /// A waiting invitation's link.
  let invitation: String
  /// The folder where letters are written.
  let mail: String

  var json: JSON {
    var operatorObject = Self.object(self.operator)
    operatorObject["client_id"] = .string(automation.id)
    operatorObject["client_secret"] = .string(automation.secret ?? "")
    return .object([
      "issuer": .string(issuer),
      "operator": .object(operatorObject),
      "members": .array(members.map { .object(Self.object($0)) }),
      "partner": .object(Self.object(partner)),
      "personal": .object(Self.object(personal)),
      "applications": .array(applications.map { .object(Self.object($0)) }),
      "invitation": .string(invitation),
      "mail": .string(mail),
    ])
  }

  /// - Returns: nil when the file is not one this version wrote.
  init?(json: JSON) {
    guard let object = json.objectValue, let issuer = object["issuer"]?.stringValue,
      let operatorObject = object["operator"]?.objectValue, let person = Self.person(object["operator"]),
      let partner = Self.person(object["partner"]), let personal = Self.person(object["personal"]),
      let invitation = object["invitation"]?.stringValue, let mail = object["mail"]?.stringValue
    else { return nil }
    self.issuer = issuer
    self.operator = person
    automation = Application(
      name: "", id: operatorObject["client_id"]?.stringValue ?? "", secret: operatorObject["client_secret"]?.stringValue,
      redirectURIs: [])
    members = (object["members"]?.arrayValue ?? []).compactMap(Self.person)
    self.partner = partner
    self.personal = personal
    applications = (object["applications"]?.arrayValue ?? []).compactMap(\.objectValue).map { application in
      Application(
        name: application["name"]?.stringValue ?? "", id: application["client_id"]?.stringValue ?? "",
        secret: application["client_secret"]?.stringValue,
        redirectURIs: (application["redirect_uris"]?.arrayValue ?? []).compactMap(\.stringValue))
    }
    self.invitation = invitation
    self.mail = mail
  }

  init(
    issuer: String, operator person: Person, automation: Application, members: [Person], partner: Person, personal: Person,
    applications: [Application], invitation: String, mail: String
  ) {
    self.issuer = issuer
    self.operator = person
    self.automation = automation
    self.members = members
    self.partner = partner
    self.personal = personal
    self.applications = applications
    self.invitation = invitation
    self.mail = mail
  }

  func application(_ name: String) -> Application? { applications.first { $0.name == name } }

  private static func object(_ person: Person) -> JSONObject {
    var object: JSONObject = ["email": .string(person.email), "password": .string(person.password)]
    object["roles"] = .array(person.roles.map { .string($0) })
    if let organization = person.organization { object["organization"] = .string(organization) }
    return object
  }

  private static func object(_ application: Application) -> JSONObject {
    var object: JSONObject = ["name": .string(application.name), "client_id": .string(application.id)]
    if let secret = application.secret { object["client_secret"] = .string(secret) }
    object["redirect_uris"] = .array(application.redirectURIs.map { .string($0) })
    return object
  }

  private static func person(_ json: JSON?) -> Person? {
    guard let object = json?.objectValue, let email = object["email"]?.stringValue, let password = object["password"]?.stringValue
    else {
      return nil
    }
    return Person(
      email: email, password: password, roles: (object["roles"]?.arrayValue ?? []).compactMap(\.stringValue),
      organization: object["organization"]?.stringValue)
  }
}
