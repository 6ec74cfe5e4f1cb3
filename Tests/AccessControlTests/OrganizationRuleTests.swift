import AccessControl
import Primitives
import TestKit
import Testing

@Suite struct FindingTheOrganization {
  typealias Rule = OrganizationRule

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var resource: OrganizationID?
    var property: String?
    var context: String?
    var asker = Rule.Asker.portalWide(.everywhere)
    let result: Rule.Resolution
  }

  static let contoso = World.contoso.id
  static let fabrikam = World.fabrikam.id
  static let ownedByContoso = Rule.Asker.owned(by: contoso)

  static let table: [Row] = [
    Row(testDescription: "nothing names it", result: .denied(.organizationRequired)),
    Row(testDescription: "the resource's property names it", property: "contoso", result: .organization(contoso)),
    Row(testDescription: "the context names it", context: "contoso", result: .organization(contoso)),
    Row(testDescription: "both name the same", property: "contoso", context: "contoso", result: .organization(contoso)),
    Row(testDescription: "both name different ones", property: "contoso", context: "fabrikam", result: .contradiction),
    Row(
      testDescription: "both name different ones, of a registered resource", resource: contoso, property: "contoso",
      context: "fabrikam", result: .contradiction),
    Row(testDescription: "both differ in case", property: "contoso", context: "Contoso", result: .contradiction),
    Row(testDescription: "the resource is registered", resource: contoso, result: .organization(contoso)),
    Row(
      testDescription: "the resource is registered and named so", resource: contoso, context: "contoso",
      result: .organization(contoso)),
    Row(
      testDescription: "the request tries to override the resource's", resource: contoso, property: "fabrikam",
      result: .denied(.organizationMismatch)),
    Row(
      testDescription: "the context tries to override the resource's", resource: contoso, context: "fabrikam",
      result: .denied(.organizationMismatch)),
    Row(
      testDescription: "the override differs in case only", resource: contoso, context: "CONTOSO",
      result: .denied(.organizationMismatch)),
    Row(testDescription: "a name in capitals is no name", context: "Contoso", result: .denied(.organizationUnknown)),
    Row(testDescription: "an empty name is no name", context: "", result: .denied(.organizationUnknown)),
    Row(testDescription: "a star is no name", property: "*", result: .denied(.organizationUnknown)),
    Row(testDescription: "a path is no name", property: "../", result: .denied(.organizationUnknown)),
    Row(
      testDescription: "an organization's application names nothing", asker: ownedByContoso, result: .organization(contoso)),
    Row(
      testDescription: "an organization's application names its own", context: "contoso", asker: ownedByContoso,
      result: .organization(contoso)),
    Row(
      testDescription: "an organization's application names another", context: "fabrikam", asker: ownedByContoso,
      result: .denied(.applicationNotAdmitted)),
    Row(
      testDescription: "an organization's application asks about another's resource", resource: fabrikam, asker: ownedByContoso,
      result: .withheld(in: contoso)),
    Row(
      testDescription: "an organization's application asks about another's resource as its own", resource: fabrikam,
      context: "contoso", asker: ownedByContoso, result: .withheld(in: contoso)),
    Row(
      testDescription: "an organization's application asks about another's resource as that other's", resource: fabrikam,
      context: "fabrikam", asker: ownedByContoso, result: .denied(.applicationNotAdmitted)),
    Row(
      testDescription: "an organization's application asks about another's resource by a name that is none", resource: fabrikam,
      context: "Contoso", asker: ownedByContoso, result: .denied(.organizationUnknown)),
    Row(
      testDescription: "an organization's application names another for its own resource", resource: contoso, context: "fabrikam",
      asker: ownedByContoso, result: .denied(.organizationMismatch)),
    Row(
      testDescription: "a portal-wide application asks where it is admitted", context: "contoso",
      asker: .portalWide(.only([contoso])), result: .organization(contoso)),
    Row(
      testDescription: "a portal-wide application asks where it is not admitted", context: "fabrikam",
      asker: .portalWide(.only([contoso])), result: .denied(.applicationNotAdmitted)),
    Row(
      testDescription: "a portal-wide application admitted in one place still has to name it",
      asker: .portalWide(.only([contoso])),
      result: .denied(.organizationRequired)),
    Row(
      testDescription: "a portal-wide application may not learn where a resource is", resource: fabrikam, context: "contoso",
      asker: .portalWide(.only([contoso])), result: .withheld(in: contoso)),
    Row(
      testDescription: "a portal-wide application may not learn that a resource is anywhere", resource: fabrikam,
      asker: .portalWide(.only([contoso])), result: .denied(.organizationRequired)),
  ]

  @Test(.threat("ROL7", "AZN3"), arguments: table)
  func `a decision is made in exactly one organization`(row: Row) {
    #expect(
      Rule.resolve(registeredResource: row.resource, resourceProperty: row.property, context: row.context, asker: row.asker)
        == row.result)
  }
}
