import AccessControl
import TestKit
import Testing

@Suite struct NamingPermissions {
  @Test(arguments: [
    ("order:view", Permission("order", "view")),
    ("self-provisioning:manage", Permission("self-provisioning", "manage")),
    ("invoice.line_2:mark-as_paid", Permission("invoice.line_2", "mark-as_paid")),
  ])
  func `a permission is read from type and action`(text: String, permission: Permission) {
    #expect(Permission(text: text) == permission)
    #expect(permission.text == text)
  }

  @Test(
    .threat("ROL7"),
    arguments: [
      "", ":", "order", "order:", ":view", "order:view:", "order:view:all", "Order:view", "order:View", " order:view",
      "order:view\n",
      "örder:view", "order:*", "*:*", "order/view", "2order:view", "-order:view", "order\u{0}:view", "оrder:view",
    ])
  func `anything else is no permission`(text: String) {
    #expect(Permission(text: text) == nil)
  }

  @Test func `names are bounded at sixty-four bytes`() {
    let longest = String(repeating: "a", count: Permission.maximumNameLength)
    #expect(Permission(presentedType: longest, action: longest) != nil)
    #expect(Permission(presentedType: longest + "a", action: "view") == nil)
    #expect(Permission(presentedType: "order", action: longest + "a") == nil)
  }

  @Test func `every built-in permission has a readable name, a place and a description`() {
    for definition in PermissionCatalog.builtIn.definitions {
      #expect(Permission(text: definition.permission.text) == definition.permission)
      #expect(!definition.kinds.isEmpty)
      #expect(definition.summary.hasSuffix("."))
      #expect(!definition.isCustomerData || definition.kinds.contains(.customer))
      #expect(!definition.servesOperators || definition.kinds.contains(.portal))
      #expect(!definition.servesPartners || definition.kinds.contains(.partner))
    }
    #expect(Set(PermissionCatalog.builtIn.definitions.map(\.descriptionKey)).count == PermissionCatalog.builtIn.definitions.count)
  }

  @Test func `an added permission belongs to everything and never replaces a built-in one`() {
    let shipmentView = Permission("shipment", "view")
    let catalog = PermissionCatalog(adding: [
      .init(shipmentView, "See shipments.", kinds: [.customer], isCustomerData: true),
      .init(.organizationManage, "Something harmless.", kinds: [.customer]),
    ])
    #expect(catalog.everything(in: .customer).contains(shipmentView))
    #expect(!catalog.everything(in: .partner).contains(shipmentView))
    #expect(catalog.definition(of: .organizationManage) == PermissionCatalog.builtIn.definition(of: .organizationManage))
    #expect(!catalog.everything(in: .customer).contains(.organizationManage))
  }
}
