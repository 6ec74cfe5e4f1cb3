package import AccessControl
package import Primitives

/// One line of the audit trail. Holds ids, never addresses of people or names, so that it can be kept when they are forgotten.
package struct AuditEntry: Sendable, Hashable {
  package enum Outcome: String, Sendable { case success, denied, failed }

  package let id: AuditID
  package let at: Timestamp
  /// `Actor.auditName`: `account:…`, `application:…`, `command:…`, `anonymous`.
  package let actor: String
  /// The event: `account.sign-in`, `role.assign` … (see AuditEvent).
  package let event: String
  /// What it was done to: `account:…`, `invitation:…`.
  package let object: String?
  package let organization: OrganizationID?
  package let outcome: Outcome
  /// The network address the request came from.
  package let address: String?
  package let requestID: String?
  /// What changed, as JSON: `{"before":{…},"after":{…}}` or details of the event.
  package let details: JSONObject?

  package init(
    id: AuditID, at: Timestamp, actor: String, event: String, object: String?, organization: OrganizationID?, outcome: Outcome,
    address: String?, requestID: String?, details: JSONObject?
  ) {
    self.id = id
    self.at = at
    self.actor = actor
    self.event = event
    self.object = object
    self.organization = organization
    self.outcome = outcome
    self.address = address
    self.requestID = requestID
    self.details = details
  }
}
