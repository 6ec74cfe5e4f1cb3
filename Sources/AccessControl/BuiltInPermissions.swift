// The built-in permissions, as constants for code that asks and as the one table that says what each is.

extension Permission {
  package static let agreementView = Permission("agreement", "view")
  package static let agreementEdit = Permission("agreement", "edit")
  package static let keyView = Permission("key", "view")
  package static let orderView = Permission("order", "view")
  package static let licenseView = Permission("license", "view")
  package static let reportView = Permission("report", "view")
  package static let softwareDownload = Permission("software", "download")
  package static let selfProvisioningManage = Permission("self-provisioning", "manage")

  package static let organizationView = Permission("organization", "view")
  package static let userView = Permission("user", "view")
  package static let userManage = Permission("user", "manage")
  package static let userInvite = Permission("user", "invite")
  package static let roleView = Permission("role", "view")
  package static let roleAssign = Permission("role", "assign")
  package static let roleDefine = Permission("role", "define")
  package static let domainLink = Permission("domain", "link")
  package static let applicationView = Permission("application", "view")
  package static let applicationManage = Permission("application", "manage")
  package static let resourceManage = Permission("resource", "manage")
  package static let sessionView = Permission("session", "view")
  package static let sessionManage = Permission("session", "manage")
  package static let auditView = Permission("audit", "view")

  package static let organizationManage = Permission("organization", "manage")
  package static let agreementManage = Permission("agreement", "manage")
  package static let agreementResendInvitation = Permission("agreement", "resend-invitation")
  package static let agreementChangeAdministrator = Permission("agreement", "change-administrator")
  package static let partnerView = Permission("partner", "view")
  package static let partnerManage = Permission("partner", "manage")
  package static let jobManage = Permission("job", "manage")
  package static let permissionDefine = Permission("permission", "define")
}

extension PermissionCatalog {
  static let builtInDefinitions: [PermissionDefinition] = {
    let customer: Set<OrganizationKind> = [.customer]
    let every = Set(OrganizationKind.allCases)
    let portal: Set<OrganizationKind> = [.portal]

    return [
      // A customer's business data.
      // In the portal, to see agreements is to see everybody's: who registers them has to.
      .init(
        .agreementView, "See agreements and their purchasing accounts.", kinds: [.customer, .portal], isCustomerData: true,
        servesOperators: true),
      .init(.agreementEdit, "Change active agreements.", kinds: customer, isCustomerData: true),
      .init(.keyView, "See product keys.", kinds: customer, isCustomerData: true),
      .init(.orderView, "See orders.", kinds: customer, isCustomerData: true),
      .init(.licenseView, "See licenses.", kinds: customer, isCustomerData: true),
      .init(.reportView, "See reports.", kinds: customer, isCustomerData: true),
      .init(.softwareDownload, "Download software.", kinds: customer, isCustomerData: true),
      .init(.selfProvisioningManage, "Manage self-provisioning.", kinds: customer, isCustomerData: true),

      // What every organization does with its own people, roles and applications.
      .init(.organizationView, "See the organization's details.", kinds: every, servesOperators: true),
      .init(.userView, "See members and invitations.", kinds: every, servesOperators: true),
      .init(.userManage, "Suspend, restore, re-address and remove members.", kinds: every, servesOperators: true),
      .init(.userInvite, "Invite people and withdraw invitations.", kinds: every, servesOperators: true),
      .init(.roleView, "See roles, and who holds them.", kinds: every, servesOperators: true),
      .init(.roleAssign, "Give roles to members and take them.", kinds: every, servesOperators: true),
      .init(.roleDefine, "Define and change the organization's own roles.", kinds: every, servesOperators: true),
      .init(
        .domainLink, "Link e-mail domains and prove that they belong to the organization.", kinds: every, servesOperators: true),
      .init(.applicationView, "See applications.", kinds: every, servesOperators: true),
      .init(.applicationManage, "Register and change applications and renew their secrets.", kinds: every, servesOperators: true),
      .init(.resourceManage, "Register resources and say which organization owns them.", kinds: every, servesOperators: true),
      .init(.sessionView, "See members' sessions.", kinds: every, servesOperators: true),
      .init(.sessionManage, "End members' sessions.", kinds: every, servesOperators: true),
      .init(.auditView, "Read the audit log.", kinds: every, servesOperators: true),

      // What only those who run the portal do. The two agreement permissions at the end serve partners as well.
      .init(.organizationManage, "Register, change, close and reopen organizations.", kinds: portal, servesOperators: true),
      .init(.agreementManage, "Register and change agreements and purchasing accounts.", kinds: portal, servesOperators: true),
      .init(.partnerView, "See partners.", kinds: portal, servesOperators: true),
      .init(.partnerManage, "Register and change partners.", kinds: portal, servesOperators: true),
      .init(.jobManage, "Run and delete work that failed or waits.", kinds: portal, servesOperators: true),
      .init(.permissionDefine, "Define permissions for the services of the portal.", kinds: portal, servesOperators: true),
      .init(
        .agreementResendInvitation, "Send an agreement's invitation again.", kinds: [.portal, .partner], servesOperators: true,
        servesPartners: true),
      .init(
        .agreementChangeAdministrator, "Change an agreement's designated administrator or that person's address.",
        kinds: [.portal, .partner], servesOperators: true, servesPartners: true),
    ]
  }()
}
