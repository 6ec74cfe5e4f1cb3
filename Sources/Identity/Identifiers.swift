internal import AccessControl
package import Primitives

/// The tag types give every kind of identifier a type of its own; `OrganizationID`, `AccountID`, `ApplicationID` and `RoleID` come from
/// AccessControl, which decides about them.
package enum AgreementTag {}
package enum PurchasingAccountTag {}
package enum InvitationTag {}
package enum SessionTag {}
package enum GrantTag {}
package enum RoleAssignmentTag {}
package enum AuditTag {}
package enum LetterTag {}

package typealias AgreementID = Identifier<AgreementTag>
package typealias PurchasingAccountID = Identifier<PurchasingAccountTag>
package typealias InvitationID = Identifier<InvitationTag>
/// The `sid` of a session: public to applications, useless as a credential.
package typealias SessionID = Identifier<SessionTag>
package typealias GrantID = Identifier<GrantTag>
package typealias RoleAssignmentID = Identifier<RoleAssignmentTag>
package typealias AuditID = Identifier<AuditTag>
package typealias LetterID = Identifier<LetterTag>
