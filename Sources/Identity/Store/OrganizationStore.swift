package import AccessControl
internal import Primitives

/// Organizations. `update` calls everywhere in the store are conditional: they write only when the stored version is `entity.version`, store
/// `version + 1`, and return false when somebody was faster.
package protocol OrganizationStore {
  func organization(_ id: OrganizationID) throws -> Organization?
  /// The portal's own organization, once it was made.
  func portalOrganization() throws -> Organization?
  func organizations(_ page: PageRequest) throws -> Page<Organization>
  /// - Parameter kind: nil lists all.
  func organizations(kind: OrganizationKind?, _ page: PageRequest) throws -> Page<Organization>
  func insert(_ organization: Organization) throws
  func update(_ organization: Organization) throws -> Bool
}

package protocol AgreementStore {
  func agreement(_ id: AgreementID) throws -> Agreement?
  /// By number without regard to case (`ContractNumber.key`).
  func agreement(number: String) throws -> Agreement?
  /// - Parameters: `organization` and `partner` narrow the list; nil does not.
  func agreements(organization: OrganizationID?, partner: OrganizationID?, _ page: PageRequest) throws -> Page<Agreement>
  /// - Throws: `StoreError.taken(.agreementNumber)`.
  func insert(_ agreement: Agreement) throws
  func update(_ agreement: Agreement) throws -> Bool

  func purchasingAccount(_ id: PurchasingAccountID) throws -> PurchasingAccount?
  func purchasingAccount(number: String) throws -> PurchasingAccount?
  func purchasingAccounts(agreement: AgreementID) throws -> [PurchasingAccount]
  func purchasingAccounts(organization: OrganizationID?, _ page: PageRequest) throws -> Page<PurchasingAccount>
  /// - Throws: `StoreError.taken(.purchasingAccountNumber)`.
  func insert(_ account: PurchasingAccount) throws
}

package protocol ResourceStore {
  func resource(type: String, id: String) throws -> RegisteredResource?
  func resources(organization: OrganizationID?, _ page: PageRequest) throws -> Page<RegisteredResource>
  /// The registered resources that lie directly below this one, registered or not, in the order of their types and ids.
  func resources(below parent: ResourceName, _ page: PageRequest) throws -> Page<RegisteredResource>
  /// Those of these names that are registered. However many, they cost one statement, as the calls below do.
  func resources(_ names: Set<ResourceName>) throws -> [ResourceName: RegisteredResource]
  /// Where registered resources, agreements and purchasing accounts belong and lie; what is none of them is missing. What is registered under the name of
  /// an agreement or purchasing account has no say in it.
  func places(of names: Set<ResourceName>) throws -> [ResourceName: ResourcePlace]
  /// The registered resources that lie directly below any of these; where there are more than `limit`, any `limit` of them.
  func places(below parents: Set<ResourceName>, atMost limit: Int) throws -> [ResourceName: ResourcePlace]
  /// All of them, or none.
  ///
  /// - Throws: `StoreError.taken(.resource)`.
  func insert(_ resources: [RegisteredResource]) throws
  /// - Returns: false when one of them was not there in the version it has here; then the transaction must not be committed.
  func update(_ resources: [RegisteredResource]) throws -> Bool
  /// - Returns: false when there was none.
  func deleteResource(type: String, id: String) throws -> Bool
}

extension ResourceStore {
  package func insert(_ resource: RegisteredResource) throws { try insert([resource]) }
  package func update(_ resource: RegisteredResource) throws -> Bool { try update([resource]) }
}

/// Where a resource belongs, and what it lies in.
package struct ResourcePlace: Sendable, Hashable {
  package let organization: OrganizationID
  package let parent: ResourceName?

  package init(organization: OrganizationID, parent: ResourceName?) {
    self.organization = organization
    self.parent = parent
  }
}
