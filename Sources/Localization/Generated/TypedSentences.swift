// swift-format-ignore-file
// Made by deploy/generate. Change the files it is made from, not this one.

extension Sentences {
  package var acceptInvitation: AcceptInvitationSentences { AcceptInvitationSentences(sentences: self) }
  package var administratorChangedLetter: AdministratorChangedLetterSentences { AdministratorChangedLetterSentences(sentences: self) }
  package var agreementLetter: AgreementLetterSentences { AgreementLetterSentences(sentences: self) }
  package var alreadyAcceptedLetter: AlreadyAcceptedLetterSentences { AlreadyAcceptedLetterSentences(sentences: self) }
  package var carryOn: CarryOnSentences { CarryOnSentences(sentences: self) }
  package var checkMail: CheckMailSentences { CheckMailSentences(sentences: self) }
  package var confirm: ConfirmSentences { ConfirmSentences(sentences: self) }
  package var confirmationLetter: ConfirmationLetterSentences { ConfirmationLetterSentences(sentences: self) }
  package var createAccount: CreateAccountSentences { CreateAccountSentences(sentences: self) }
  package var dashboard: DashboardSentences { DashboardSentences(sentences: self) }
  package var decision: DecisionSentences { DecisionSentences(sentences: self) }
  package var errors: ErrorsSentences { ErrorsSentences(sentences: self) }
  package var fields: FieldsSentences { FieldsSentences(sentences: self) }
  package var frame: FrameSentences { FrameSentences(sentences: self) }
  package var invitation: InvitationSentences { InvitationSentences(sentences: self) }
  package var invitationAgain: InvitationAgainSentences { InvitationAgainSentences(sentences: self) }
  package var inviteUser: InviteUserSentences { InviteUserSentences(sentences: self) }
  package var letter: LetterSentences { LetterSentences(sentences: self) }
  package var linkEnded: LinkEndedSentences { LinkEndedSentences(sentences: self) }
  package var memberLetter: MemberLetterSentences { MemberLetterSentences(sentences: self) }
  package var notApproved: NotApprovedSentences { NotApprovedSentences(sentences: self) }
  package var otherPerson: OtherPersonSentences { OtherPersonSentences(sentences: self) }
  package var passwordChangedLetter: PasswordChangedLetterSentences { PasswordChangedLetterSentences(sentences: self) }
  package var passwords: PasswordsSentences { PasswordsSentences(sentences: self) }
  package var problemTypes: ProblemTypesSentences { ProblemTypesSentences(sentences: self) }
  package var problems: ProblemsSentences { ProblemsSentences(sentences: self) }
  package var profile: ProfileSentences { ProfileSentences(sentences: self) }
  package var secondAgreementLetter: SecondAgreementLetterSentences { SecondAgreementLetterSentences(sentences: self) }
  package var sentAgainLetter: SentAgainLetterSentences { SentAgainLetterSentences(sentences: self) }
  package var signIn: SignInSentences { SignInSentences(sentences: self) }
  package var signOut: SignOutSentences { SignOutSentences(sentences: self) }
  package var signUp: SignUpSentences { SignUpSentences(sentences: self) }
  package var signUpAgainLetter: SignUpAgainLetterSentences { SignUpAgainLetterSentences(sentences: self) }
  package var time: TimeSentences { TimeSentences(sentences: self) }
  package var user: UserSentences { UserSentences(sentences: self) }
  package var users: UsersSentences { UsersSentences(sentences: self) }
}

package struct AcceptInvitationSentences: Sendable {
  let sentences: Sentences

  /// Accept
  package var accept: String { sentences.say("acceptInvitation.accept") }

  /// {organization} has invited you.
  package func introduction(_ organization: String) -> String {
    sentences.say("acceptInvitation.introduction", ["organization": organization])
  }

  /// Sign in to accept
  package var signIn: String { sentences.say("acceptInvitation.signIn") }

  /// You already have an account. Sign in with it, and you can accept the invitation.
  package var signInFirst: String { sentences.say("acceptInvitation.signInFirst") }

  /// You are signed in as {name}.
  package func signedInAs(_ name: String) -> String {
    sentences.say("acceptInvitation.signedInAs", ["name": name])
  }

  /// Accept the invitation
  package var title: String { sentences.say("acceptInvitation.title") }
}

package struct AdministratorChangedLetterSentences: Sendable {
  let sentences: Sentences

  /// An invitation to it that was sent to this address no longer works.
  package var link: String { sentences.say("administratorChangedLetter.link") }

  /// You are no longer named at this address as purchasing account administrator of the agreement {agreement} of {organization}.
  package func opening(agreement: String, organization: String) -> String {
    sentences.say("administratorChangedLetter.opening", ["agreement": agreement, "organization": organization])
  }

  /// Change at the agreement {agreement}
  package func subject(_ agreement: String) -> String {
    sentences.say("administratorChangedLetter.subject", ["agreement": agreement])
  }
}

package struct AgreementLetterSentences: Sendable {
  let sentences: Sentences

  /// Create your account
  package var button: String { sentences.say("agreementLetter.button") }

  /// Create your account now. With it you look after the agreement and can invite colleagues.
  package var next: String { sentences.say("agreementLetter.next") }

  /// The agreement {agreement} of {organization} has been registered, and you are named as its purchasing account administrator.
  package func opening(agreement: String, organization: String) -> String {
    sentences.say("agreementLetter.opening", ["agreement": agreement, "organization": organization])
  }

  /// Your agreement {agreement}: create your organisation account
  package func subject(_ agreement: String) -> String {
    sentences.say("agreementLetter.subject", ["agreement": agreement])
  }

  /// The link is good until {day}. Should it expire or get lost, you can ask for it again from the sign-in page.
  package func term(_ day: String) -> String {
    sentences.say("agreementLetter.term", ["day": day])
  }
}

package struct AlreadyAcceptedLetterSentences: Sendable {
  let sentences: Sentences

  /// Sign in
  package var button: String { sentences.say("alreadyAcceptedLetter.button") }

  /// Just sign in with your e-mail address and your password.
  package var next: String { sentences.say("alreadyAcceptedLetter.next") }

  /// You asked for the invitation of {organization} again. You have accepted it already, so there is nothing left to accept.
  package func opening(_ organization: String) -> String {
    sentences.say("alreadyAcceptedLetter.opening", ["organization": organization])
  }

  /// You already have an account
  package var subject: String { sentences.say("alreadyAcceptedLetter.subject") }
}

package struct CarryOnSentences: Sendable {
  let sentences: Sentences

  /// You are being taken on.
  package var explanation: String { sentences.say("carryOn.explanation") }

  /// Continue
  package var link: String { sentences.say("carryOn.link") }

  /// One moment
  package var title: String { sentences.say("carryOn.title") }
}

package struct CheckMailSentences: Sendable {
  let sentences: Sentences

  /// We have sent a message to {email}. Open the link in it to go on.
  package func sent(_ email: String) -> String {
    sentences.say("checkMail.sent", ["email": email])
  }

  /// Start again
  package var startAgain: String { sentences.say("checkMail.startAgain") }

  /// The link is good for {hours} hours. Look into the folder for spam or junk mail when nothing comes.
  package func term(_ hours: Int) -> String {
    sentences.say("checkMail.term", ["hours": String(hours)], count: hours)
  }

  /// Please look into your mailbox
  package var title: String { sentences.say("checkMail.title") }

  /// Was the address wrong?
  package var wrong: String { sentences.say("checkMail.wrong") }
}

package struct ConfirmSentences: Sendable {
  let sentences: Sentences

  /// Confirm
  package var button: String { sentences.say("confirm.button") }

  /// One step is left: confirm that {email} is yours, with the password you chose when you signed up.
  package func introduction(_ email: String) -> String {
    sentences.say("confirm.introduction", ["email": email])
  }

  /// The password you chose when you signed up.
  package var passwordHint: String { sentences.say("confirm.passwordHint") }

  /// This is not the password chosen at sign-up. If you have forgotten it, sign up again.
  package var passwordWrong: String { sentences.say("confirm.passwordWrong") }

  /// Confirm your address
  package var title: String { sentences.say("confirm.title") }

  /// You have not asked for an account? Then close this page and ignore the message: without you nothing comes of it.
  package var unexpected: String { sentences.say("confirm.unexpected") }
}

package struct ConfirmationLetterSentences: Sendable {
  let sentences: Sentences

  /// Confirm the address
  package var button: String { sentences.say("confirmationLetter.button") }

  /// Confirm that the address is yours.
  package var next: String { sentences.say("confirmationLetter.next") }

  /// Somebody, most likely you, has signed up for a personal account with this address.
  package var opening: String { sentences.say("confirmationLetter.opening") }

  /// Confirm your address
  package var subject: String { sentences.say("confirmationLetter.subject") }

  /// The link is good until {moment}.
  package func term(_ moment: String) -> String {
    sentences.say("confirmationLetter.term", ["moment": moment])
  }
}

package struct CreateAccountSentences: Sendable {
  let sentences: Sentences

  /// Start
  package var button: String { sentences.say("createAccount.button") }

  /// {organization} has invited you. Please check that this is you, then choose a password.
  package func introduction(_ organization: String) -> String {
    sentences.say("createAccount.introduction", ["organization": organization])
  }

  /// It need not be the password of your mailbox, and better is not.
  package var notMailbox: String { sentences.say("createAccount.notMailbox") }

  /// If this is not you, please close this page: nothing has happened.
  package var notYou: String { sentences.say("createAccount.notYou") }

  /// Create your organisation account
  package var title: String { sentences.say("createAccount.title") }
}

package struct DashboardSentences: Sendable {
  let sentences: Sentences

  /// The agreement has been added to your account.
  package var agreementAdded: String { sentences.say("dashboard.agreementAdded") }

  /// Your account is ready.
  package var created: String { sentences.say("dashboard.created") }

  /// Hello, {name}
  package func hello(_ name: String) -> String {
    sentences.say("dashboard.hello", ["name": name])
  }

  /// Invite user
  package var inviteUser: String { sentences.say("dashboard.inviteUser") }

  /// Bring a colleague into your organisation
  package var inviteUserHint: String { sentences.say("dashboard.inviteUserHint") }

  /// You are now a member of {organization}.
  package func joined(_ organization: String) -> String {
    sentences.say("dashboard.joined", ["organization": organization])
  }

  /// No service is open to you yet. When an administrator opens one, you find it here.
  package var noServices: String { sentences.say("dashboard.noServices") }

  /// Personal account
  package var personal: String { sentences.say("dashboard.personal") }

  /// My profile
  package var profile: String { sentences.say("dashboard.profile") }

  /// Your details, roles, password and devices
  package var profileHint: String { sentences.say("dashboard.profileHint") }

  /// Your roles
  package var rolesTitle: String { sentences.say("dashboard.rolesTitle") }

  /// Your services
  package var servicesTitle: String { sentences.say("dashboard.servicesTitle") }

  /// What you can do
  package var tasksTitle: String { sentences.say("dashboard.tasksTitle") }

  /// Manage users
  package var users: String { sentences.say("dashboard.users") }

  /// See who is here and which roles they hold
  package var usersHint: String { sentences.say("dashboard.usersHint") }

  /// Welcome, {name}
  package func welcome(_ name: String) -> String {
    sentences.say("dashboard.welcome", ["name": name])
  }
}

package struct DecisionSentences: Sendable {
  let sentences: Sentences

  /// You hold roles that are not to be used together. Choose in the application which of them you are acting in.
  package var activeRolesRequired: String { sentences.say("decision.activeRolesRequired") }

  /// This service does not serve this organisation.
  package var applicationNotAdmitted: String { sentences.say("decision.applicationNotAdmitted") }

  /// Your membership in this organisation is suspended. Ask one of its administrators.
  package var membershipSuspended: String { sentences.say("decision.membershipSuspended") }

  /// None of your roles allows this. Ask an administrator of your organisation for one that does.
  package var noRoleGrantsPermission: String { sentences.say("decision.noRoleGrantsPermission") }

  /// You are not a member of this organisation.
  package var notAMember: String { sentences.say("decision.notAMember") }

  /// This organisation is closed.
  package var organizationClosed: String { sentences.say("decision.organizationClosed") }

  /// This belongs to another organisation than the one you are working for.
  package var organizationMismatch: String { sentences.say("decision.organizationMismatch") }

  /// The service did not say for which organisation you want to do this. Please tell those who run the service.
  package var organizationRequired: String { sentences.say("decision.organizationRequired") }

  /// This service may not see what was in this organisation in the past.
  package var pastWithheld: String { sentences.say("decision.pastWithheld") }

  /// You may do this.
  package var permissionGranted: String { sentences.say("decision.permissionGranted") }

  /// The service asked about something that {portal} does not know. Please tell those who run the service.
  package var permissionUnknown: String { sentences.say("decision.permissionUnknown") }

  /// The service asked too much at once, so this was not checked to the end. Try again; if it happens again, tell those who run the service.
  package var requestTooCostly: String { sentences.say("decision.requestTooCostly") }

  /// The roles you have chosen are not to be used together. Choose one of them.
  package var rolesExcludeEachOther: String { sentences.say("decision.rolesExcludeEachOther") }

  /// Your account is suspended. Ask an administrator of your organisation.
  package var subjectSuspended: String { sentences.say("decision.subjectSuspended") }
}

package struct ErrorsSentences: Sendable {
  let sentences: Sentences

  /// The request could not be understood. Please go back and try again.
  package var badRequest: String { sentences.say("errors.badRequest") }

  /// That did not work
  package var badRequestTitle: String { sentences.say("errors.badRequestTitle") }

  /// It has been noted. Please try again; if it happens again, tell us the request number below.
  package var fault: String { sentences.say("errors.fault") }

  /// Something went wrong on our side
  package var faultTitle: String { sentences.say("errors.faultTitle") }

  /// Your roles do not include it. An administrator of your organisation can help.
  package var forbidden: String { sentences.say("errors.forbidden") }

  /// You may not do this
  package var forbiddenTitle: String { sentences.say("errors.forbiddenTitle") }

  /// For your safety this form is good only for a while and only in the browser that opened it. Nothing has been changed. Go back, load the page again and repeat your entry.
  package var formExpired: String { sentences.say("errors.formExpired") }

  /// Please try again
  package var formExpiredTitle: String { sentences.say("errors.formExpiredTitle") }

  /// Go to the start page
  package var home: String { sentences.say("errors.home") }

  /// The page cannot be used in this way. Please go back and try again.
  package var method: String { sentences.say("errors.method") }

  /// This address is used differently
  package var methodTitle: String { sentences.say("errors.methodTitle") }

  /// {application} does not admit the kind of account you are signed in with. Sign out and use another account.
  package func notAdmitted(_ application: String) -> String {
    sentences.say("errors.notAdmitted", ["application": application])
  }

  /// This kind of account is not admitted here
  package var notAdmittedTitle: String { sentences.say("errors.notAdmittedTitle") }

  /// The address may be mistyped, or what was here is gone.
  package var notFound: String { sentences.say("errors.notFound") }

  /// There is nothing here
  package var notFoundTitle: String { sentences.say("errors.notFoundTitle") }

  /// Request number
  package var requestNumber: String { sentences.say("errors.requestNumber") }

  /// More was sent than this page takes. Nothing has been changed.
  package var tooLarge: String { sentences.say("errors.tooLarge") }

  /// That was too much
  package var tooLargeTitle: String { sentences.say("errors.tooLargeTitle") }

  /// Please try again {wait}.
  package func tooMany(_ wait: String) -> String {
    sentences.say("errors.tooMany", ["wait": wait])
  }

  /// Too many attempts
  package var tooManyTitle: String { sentences.say("errors.tooManyTitle") }

  /// The service is busy just now. Nothing has been changed.
  package var unavailable: String { sentences.say("errors.unavailable") }

  /// The service is busy just now. Nothing has been changed. Please try again {wait}.
  package func unavailableFor(_ wait: String) -> String {
    sentences.say("errors.unavailableFor", ["wait": wait])
  }

  /// Please try again in a moment
  package var unavailableTitle: String { sentences.say("errors.unavailableTitle") }

  /// The link that led here is wrong or out of date. Please go back to the service and start again; if it happens again, tell those who run the service.
  package var unknownApplication: String { sentences.say("errors.unknownApplication") }

  /// The service that sent you here is not known
  package var unknownApplicationTitle: String { sentences.say("errors.unknownApplicationTitle") }

  /// It asked us to send you on to an address that it has not registered with us. For your safety we do not do that. Please tell those who run the service.
  package var wrongReturn: String { sentences.say("errors.wrongReturn") }

  /// The service that sent you here is set up wrongly
  package var wrongReturnTitle: String { sentences.say("errors.wrongReturnTitle") }
}

package struct FieldsSentences: Sendable {
  let sentences: Sentences

  /// Kind of account
  package var accountKind: String { sentences.say("fields.accountKind") }

  /// Agreement
  package var agreement: String { sentences.say("fields.agreement") }

  /// Agreement number
  package var agreementNumber: String { sentences.say("fields.agreementNumber") }

  /// Choose a country or region
  package var chooseCountry: String { sentences.say("fields.chooseCountry") }

  /// Country/region
  package var country: String { sentences.say("fields.country") }

  /// Current password
  package var currentPassword: String { sentences.say("fields.currentPassword") }

  /// E-mail address
  package var email: String { sentences.say("fields.email") }

  /// Last name
  package var familyName: String { sentences.say("fields.familyName") }

  /// First name
  package var givenName: String { sentences.say("fields.givenName") }

  /// Preferred language
  package var language: String { sentences.say("fields.language") }

  /// Mail and pages come in this language.
  package var languageHint: String { sentences.say("fields.languageHint") }

  /// Name
  package var name: String { sentences.say("fields.name") }

  /// New password
  package var newPassword: String { sentences.say("fields.newPassword") }

  /// Repeat the new password
  package var newPasswordAgain: String { sentences.say("fields.newPasswordAgain") }

  /// Organisation
  package var organization: String { sentences.say("fields.organization") }

  /// Password
  package var password: String { sentences.say("fields.password") }

  /// Repeat the password
  package var passwordAgain: String { sentences.say("fields.passwordAgain") }

  /// Purchasing account number
  package var purchasingAccountNumber: String { sentences.say("fields.purchasingAccountNumber") }

  /// Roles
  package var roles: String { sentences.say("fields.roles") }

  /// Work e-mail address
  package var workEmail: String { sentences.say("fields.workEmail") }
}

package struct FrameSentences: Sendable {
  let sentences: Sentences

  /// {portal}
  package var brand: String { sentences.say("frame.brand") }

  /// Please correct the {count} entries marked below.
  package func correct(_ count: Int) -> String {
    sentences.say("frame.correct", ["count": String(count)], count: count)
  }

  /// Language
  package var language: String { sentences.say("frame.language") }

  /// Main
  package var main: String { sentences.say("frame.main") }

  /// Next page
  package var nextPage: String { sentences.say("frame.nextPage") }

  /// optional
  package var optional: String { sentences.say("frame.optional") }

  /// Back to the first page
  package var previousPage: String { sentences.say("frame.previousPage") }

  /// My profile: {name}
  package func profileOf(_ name: String) -> String {
    sentences.say("frame.profileOf", ["name": name])
  }

  /// Services
  package var services: String { sentences.say("frame.services") }

  /// Sign out
  package var signOut: String { sentences.say("frame.signOut") }

  /// Skip to the content
  package var skip: String { sentences.say("frame.skip") }

  /// Users
  package var users: String { sentences.say("frame.users") }
}

package struct InvitationSentences: Sendable {
  let sentences: Sentences

  /// Expired on {day}
  package func expiredOn(_ day: String) -> String {
    sentences.say("invitation.expiredOn", ["day": day])
  }

  /// Good until {day}
  package func goodUntil(_ day: String) -> String {
    sentences.say("invitation.goodUntil", ["day": day])
  }

  /// Send again
  package var sendAgain: String { sentences.say("invitation.sendAgain") }

  /// A new link is sent; the earlier one no longer works.
  package var sendAgainHint: String { sentences.say("invitation.sendAgainHint") }

  /// Sent on {day}
  package func sentOn(_ day: String) -> String {
    sentences.say("invitation.sentOn", ["day": day])
  }

  /// Invitation to {name}
  package func title(_ name: String) -> String {
    sentences.say("invitation.title", ["name": name])
  }

  /// The invitation was sent only a moment ago. Please try again {wait}.
  package func tooSoon(_ wait: String) -> String {
    sentences.say("invitation.tooSoon", ["wait": wait])
  }

  /// Withdraw
  package var withdraw: String { sentences.say("invitation.withdraw") }

  /// The link in the message stops working at once.
  package var withdrawHint: String { sentences.say("invitation.withdrawHint") }
}

package struct InvitationAgainSentences: Sendable {
  let sentences: Sentences

  /// Administrator's e-mail address
  package var adminEmail: String { sentences.say("invitationAgain.adminEmail") }

  /// Ask whether somebody else in your organisation was named as administrator.
  package var adviceColleague: String { sentences.say("invitationAgain.adviceColleague") }

  /// Ask your partner: they can send the invitation again or change the address.
  package var advicePartner: String { sentences.say("invitationAgain.advicePartner") }

  /// Look into the folder for spam or junk mail.
  package var adviceSpam: String { sentences.say("invitationAgain.adviceSpam") }

  /// A message is sent at most once in a few minutes. Please wait a little before you ask again.
  package var adviceWait: String { sentences.say("invitationAgain.adviceWait") }

  /// Send it again
  package var button: String { sentences.say("invitationAgain.button") }

  /// If the three belong together, a message is on its way to the address named in the agreement. It can take a few minutes.
  package var done: String { sentences.say("invitationAgain.done") }

  /// Please look into your mailbox
  package var doneTitle: String { sentences.say("invitationAgain.doneTitle") }

  /// Enter these three as they stand in your agreement. When they belong together, we send the invitation again, to the address named in the agreement.
  package var introduction: String { sentences.say("invitationAgain.introduction") }

  /// Nothing came?
  package var nothing: String { sentences.say("invitationAgain.nothing") }

  /// Didn't get the invitation?
  package var title: String { sentences.say("invitationAgain.title") }

  /// Go to sign in
  package var toSignIn: String { sentences.say("invitationAgain.toSignIn") }
}

package struct InviteUserSentences: Sendable {
  let sentences: Sentences

  /// Invite another
  package var another: String { sentences.say("inviteUser.another") }

  /// Invite
  package var button: String { sentences.say("inviteUser.button") }

  /// This person gets a message with a link to create an account.
  package var introduction: String { sentences.say("inviteUser.introduction") }

  /// What this person may do. It can be changed later.
  package var rolesHint: String { sentences.say("inviteUser.rolesHint") }

  /// Invite user to {organization}
  package func title(_ organization: String) -> String {
    sentences.say("inviteUser.title", ["organization": organization])
  }
}

package struct LetterSentences: Sendable {
  let sentences: Sentences

  /// The link is meant for you alone. Please do not forward this message.
  package var alone: String { sentences.say("letter.alone") }

  /// Kind regards,
  package var closing: String { sentences.say("letter.closing") }

  /// Hello {name},
  package func greeting(_ name: String) -> String {
    sentences.say("letter.greeting", ["name": name])
  }

  /// Hello,
  package var greetingNobody: String { sentences.say("letter.greetingNobody") }

  /// If the button does not work, copy this address into your browser:
  package var linkBelow: String { sentences.say("letter.linkBelow") }

  /// This message was sent automatically. Replies to it are not read.
  package var noReply: String { sentences.say("letter.noReply") }

  /// {portal}
  package var signature: String { sentences.say("letter.signature") }

  /// If you did not expect this message, you can ignore it: without the link nothing happens.
  package var unexpected: String { sentences.say("letter.unexpected") }

  /// If this surprises you, please tell an administrator of your organisation at once.
  package var unexpectedChange: String { sentences.say("letter.unexpectedChange") }
}

package struct LinkEndedSentences: Sendable {
  let sentences: Sentences

  /// Ask for the invitation again
  package var askAgain: String { sentences.say("linkEnded.askAgain") }

  /// Ask the administrator who invited you for a new invitation.
  package var askInviter: String { sentences.say("linkEnded.askInviter") }

  /// It was not used within its time.
  package var expired: String { sentences.say("linkEnded.expired") }

  /// This link has expired
  package var expiredTitle: String { sentences.say("linkEnded.expiredTitle") }

  /// How to go on
  package var next: String { sentences.say("linkEnded.next") }

  /// A newer message has been sent since; only the link in the latest one works. Please look for it in your mailbox.
  package var replaced: String { sentences.say("linkEnded.replaced") }

  /// There is a newer link
  package var replacedTitle: String { sentences.say("linkEnded.replacedTitle") }

  /// Sign in
  package var signIn: String { sentences.say("linkEnded.signIn") }

  /// Sign up again
  package var signUpAgain: String { sentences.say("linkEnded.signUpAgain") }

  /// Perhaps it was cut off on its way. Try to copy the whole link from the message.
  package var unknown: String { sentences.say("linkEnded.unknown") }

  /// This link does not work
  package var unknownTitle: String { sentences.say("linkEnded.unknownTitle") }

  /// A link works only once. If you were the one who used it, just sign in.
  package var used: String { sentences.say("linkEnded.used") }

  /// This link has been used
  package var usedTitle: String { sentences.say("linkEnded.usedTitle") }

  /// The organisation that sent it has taken it back.
  package var withdrawn: String { sentences.say("linkEnded.withdrawn") }

  /// This invitation has been withdrawn
  package var withdrawnTitle: String { sentences.say("linkEnded.withdrawnTitle") }
}

package struct MemberLetterSentences: Sendable {
  let sentences: Sentences

  /// Open the invitation
  package var button: String { sentences.say("memberLetter.button") }

  /// Open the invitation, check that it is for you, and you can start. You create an account there, or sign in with the one you have.
  package var next: String { sentences.say("memberLetter.next") }

  /// {inviter} has invited you to use the services of {organization}.
  package func opening(inviter: String, organization: String) -> String {
    sentences.say("memberLetter.opening", ["inviter": inviter, "organization": organization])
  }

  /// You have been invited to use the services of {organization}.
  package func openingNoInviter(_ organization: String) -> String {
    sentences.say("memberLetter.openingNoInviter", ["organization": organization])
  }

  /// {inviter} invites you to {organization}
  package func subject(inviter: String, organization: String) -> String {
    sentences.say("memberLetter.subject", ["inviter": inviter, "organization": organization])
  }

  /// Invitation to {organization}
  package func subjectNoInviter(_ organization: String) -> String {
    sentences.say("memberLetter.subjectNoInviter", ["organization": organization])
  }

  /// The link is good until {day}. After that, ask for a new invitation.
  package func term(_ day: String) -> String {
    sentences.say("memberLetter.term", ["day": day])
  }
}

package struct NotApprovedSentences: Sendable {
  let sentences: Sentences

  /// The link below leaves {portal}. Follow it only if you know the service and came from there; it will be told that the sign-in was refused.
  package var advice: String { sentences.say("notApproved.advice") }

  /// Go back to {host}
  package func back(_ host: String) -> String {
    sentences.say("notApproved.back", ["host": host])
  }

  /// {application} wants you to sign in, but those who run {portal} have not approved it. It has learned nothing about you.
  package func explanation(_ application: String) -> String {
    sentences.say("notApproved.explanation", ["application": application])
  }

  /// This service may not sign people in here
  package var title: String { sentences.say("notApproved.title") }
}

package struct OtherPersonSentences: Sendable {
  let sentences: Sentences

  /// If it is yours, sign out first; the invitation then opens again. Otherwise please leave it to the person it was sent to.
  package var advice: String { sentences.say("otherPerson.advice") }

  /// Sign out and go on
  package var button: String { sentences.say("otherPerson.button") }

  /// You are signed in as {name}, but the invitation was sent to another address.
  package func explanation(_ name: String) -> String {
    sentences.say("otherPerson.explanation", ["name": name])
  }

  /// Stay signed in
  package var stay: String { sentences.say("otherPerson.stay") }

  /// This invitation is for somebody else
  package var title: String { sentences.say("otherPerson.title") }
}

package struct PasswordChangedLetterSentences: Sendable {
  let sentences: Sentences

  /// My profile
  package var button: String { sentences.say("passwordChangedLetter.button") }

  /// If it was not you, tell an administrator of your organisation at once. For a personal account, tell those who run this portal.
  package var notYou: String { sentences.say("passwordChangedLetter.notYou") }

  /// The password of your account was changed on {moment}.
  package func opening(_ moment: String) -> String {
    sentences.say("passwordChangedLetter.opening", ["moment": moment])
  }

  /// You have been signed out everywhere else.
  package var sessions: String { sentences.say("passwordChangedLetter.sessions") }

  /// Your password has been changed
  package var subject: String { sentences.say("passwordChangedLetter.subject") }
}

package struct PasswordsSentences: Sendable {
  let sentences: Sentences

  /// This password has appeared in a leak of passwords, so it is no longer secret. Please choose another.
  package var breached: String { sentences.say("passwords.breached") }

  /// This password is among the first that would be guessed. Please choose another.
  package var common: String { sentences.say("passwords.common") }

  /// This password is made of a name or address that is easy to connect with you. Please choose another.
  package var context: String { sentences.say("passwords.context") }

  /// This is not your current password.
  package var currentWrong: String { sentences.say("passwords.currentWrong") }

  /// The two passwords are not the same. Please type them again.
  package var differs: String { sentences.say("passwords.differs") }

  /// At least {minimum} characters. A few unrelated words are easy to remember and hard to guess.
  package func hint(_ minimum: Int) -> String {
    sentences.say("passwords.hint", ["minimum": String(minimum)], count: minimum)
  }

  /// This password holds a character that cannot be used. Please choose another.
  package var malformed: String { sentences.say("passwords.malformed") }

  /// This password follows the keyboard, the alphabet or the digits, so it would soon be guessed. Please choose another.
  package var pattern: String { sentences.say("passwords.pattern") }

  /// This password repeats one piece over and over, so it would soon be guessed. Please choose another.
  package var repetition: String { sentences.say("passwords.repetition") }

  /// Please use at most {maximum} characters.
  package func tooLong(_ maximum: Int) -> String {
    sentences.say("passwords.tooLong", ["maximum": String(maximum)], count: maximum)
  }

  /// Please use at least {minimum} characters. A few unrelated words make a good password.
  package func tooShort(_ minimum: Int) -> String {
    sentences.say("passwords.tooShort", ["minimum": String(minimum)], count: minimum)
  }
}

package struct ProblemTypesSentences: Sendable {
  let sentences: Sentences

  /// The management API answers with status {status} and this problem type. The page is for those who write or run the program that received it.
  package func about(_ status: String) -> String {
    sentences.say("problemTypes.about", ["status": status])
  }

  /// Somebody else changed it at the same moment. Your change was not made.
  package var changedMeanwhile: String { sentences.say("problemTypes.changedMeanwhile") }

  /// Read it again and repeat the change if it still makes sense.
  package var changedMeanwhileAdvice: String { sentences.say("problemTypes.changedMeanwhileAdvice") }

  /// Changed meanwhile
  package var changedMeanwhileTitle: String { sentences.say("problemTypes.changedMeanwhileTitle") }

  /// The roles of whoever asks do not include this in that organisation, or there is no such thing. The answer is the same, so that nobody learns what exists elsewhere.
  package var denied: String { sentences.say("problemTypes.denied") }

  /// Check the identifiers in the address, and that the token names the organisation you mean. If both are right, an administrator of the organisation or an operator can give the role that is missing. The attempt is in the audit trail.
  package var deniedAdvice: String { sentences.say("problemTypes.deniedAdvice") }

  /// Not allowed
  package var deniedTitle: String { sentences.say("problemTypes.deniedTitle") }

  /// Somebody would hold more roles of a set than one person may hold together, directly, through groups or by roles that inherit from them. Nothing has been changed.
  package var dutiesNotSeparated: String { sentences.say("problemTypes.dutiesNotSeparated") }

  /// The text of the answer names the rule and whom it concerns. Take one of the roles from them first, or give the other to somebody else.
  package var dutiesNotSeparatedAdvice: String { sentences.say("problemTypes.dutiesNotSeparatedAdvice") }

  /// Roles that exclude each other
  package var dutiesNotSeparatedTitle: String { sentences.say("problemTypes.dutiesNotSeparatedTitle") }

  /// The token is genuine, but was not issued for the management API.
  package var insufficientScope: String { sentences.say("problemTypes.insufficientScope") }

  /// Ask for a token with the scope usher:manage. An application gets it only if an operator registered it with that scope.
  package var insufficientScopeAdvice: String { sentences.say("problemTypes.insufficientScopeAdvice") }

  /// The access token lacks a scope
  package var insufficientScopeTitle: String { sentences.say("problemTypes.insufficientScopeTitle") }

  /// Nobody would be left to administer the organisation. Nothing has been changed.
  package var lastAdministrator: String { sentences.say("problemTypes.lastAdministrator") }

  /// Give somebody else the role first, then repeat the request.
  package var lastAdministratorAdvice: String { sentences.say("problemTypes.lastAdministratorAdvice") }

  /// The last administrator stays
  package var lastAdministratorTitle: String { sentences.say("problemTypes.lastAdministratorTitle") }

  /// Something in it cannot be read: the body is not JSON, a member stands there twice, is unknown, missing, empty, of the wrong type or out of its bounds, or the query has a parameter this operation does not take. Nothing has been changed.
  package var malformed: String { sentences.say("problemTypes.malformed") }

  /// The list "errors" of the answer names every member and parameter in question. Correct the request by the description of the operation in /openapi.json; sending it again as it was cannot succeed.
  package var malformedAdvice: String { sentences.say("problemTypes.malformedAdvice") }

  /// The request is malformed
  package var malformedTitle: String { sentences.say("problemTypes.malformedTitle") }

  /// The request can be read, but one of its values cannot be taken: it is no address or name, refers to something that does not exist, or breaks a rule that the answer states. Nothing has been changed.
  package var notAccepted: String { sentences.say("problemTypes.notAccepted") }

  /// The list "errors" of the answer names the member and the reason. Correct the value and send the request again.
  package var notAcceptedAdvice: String { sentences.say("problemTypes.notAcceptedAdvice") }

  /// A value is not accepted
  package var notAcceptedTitle: String { sentences.say("problemTypes.notAcceptedTitle") }

  /// The change would no longer do exactly what the plan said, because something has been changed since, or the plan was made for another request. Nothing has been changed.
  package var planChanged: String { sentences.say("problemTypes.planChanged") }

  /// The member "plan" of the answer says what the change would do now. If that is what you want, send the request again with the digest of the new plan.
  package var planChangedAdvice: String { sentences.say("problemTypes.planChangedAdvice") }

  /// The plan does not hold any more
  package var planChangedTitle: String { sentences.say("problemTypes.planChangedTitle") }

  /// More would hold a role in an organization than may, directly, through groups or by roles that inherit from it. Nothing has been changed.
  package var roleLimitExceeded: String { sentences.say("problemTypes.roleLimitExceeded") }

  /// The text of the answer names the role, where it would be too many, and how many. Take the role from somebody first, or have the limit raised.
  package var roleLimitExceededAdvice: String { sentences.say("problemTypes.roleLimitExceededAdvice") }

  /// A role that enough hold
  package var roleLimitExceededTitle: String { sentences.say("problemTypes.roleLimitExceededTitle") }

  /// It exists, but this cannot happen to it any more or not yet: an invitation has been accepted or withdrawn, an agreement has ended, an organisation is closed. Nothing has been changed.
  package var state: String { sentences.say("problemTypes.state") }

  /// Read it again to see its state. The text of the answer says what stands in the way.
  package var stateAdvice: String { sentences.say("problemTypes.stateAdvice") }

  /// Not possible in this state
  package var stateTitle: String { sentences.say("problemTypes.stateTitle") }

  /// A number, an address or another value that may exist only once is in use. Nothing has been changed.
  package var taken: String { sentences.say("problemTypes.taken") }

  /// The list "errors" of the answer says which value it is. Choose another, or use what is there already. After a request whose answer was lost this can also mean that the request had succeeded.
  package var takenAdvice: String { sentences.say("problemTypes.takenAdvice") }

  /// Already exists
  package var takenTitle: String { sentences.say("problemTypes.takenTitle") }

  /// There was no access token, or it has ended, was revoked, was issued for another service, or belongs to somebody who may no longer sign in.
  package var tokenRefused: String { sentences.say("problemTypes.tokenRefused") }

  /// Get a new token whose audience is this API, and send it in the Authorization header. If new tokens are refused too, ask an operator whether the account or the application is still active.
  package var tokenRefusedAdvice: String { sentences.say("problemTypes.tokenRefusedAdvice") }

  /// The access token does not count
  package var tokenRefusedTitle: String { sentences.say("problemTypes.tokenRefusedTitle") }

  /// There is nothing by this identifier, or no longer.
  package var unknown: String { sentences.say("problemTypes.unknown") }

  /// Look for it in the list it belongs to; identifiers never change and are not used again.
  package var unknownAdvice: String { sentences.say("problemTypes.unknownAdvice") }

  /// Not found
  package var unknownTitle: String { sentences.say("problemTypes.unknownTitle") }

  /// The header If-Match named a version that is no longer the present one. Your change was not made.
  package var versionMismatch: String { sentences.say("problemTypes.versionMismatch") }

  /// Read it again, decide anew, and send the new ETag as If-Match.
  package var versionMismatchAdvice: String { sentences.say("problemTypes.versionMismatchAdvice") }

  /// Not the version you saw
  package var versionMismatchTitle: String { sentences.say("problemTypes.versionMismatchTitle") }

  /// What it means
  package var what: String { sentences.say("problemTypes.what") }

  /// What to do
  package var whatToDo: String { sentences.say("problemTypes.whatToDo") }
}

package struct ProblemsSentences: Sendable {
  let sentences: Sentences

  /// An invitation to this address is waiting to be accepted. You can send it again from the list of users.
  package var alreadyInvited: String { sentences.say("problems.alreadyInvited") }

  /// This person is already a member of your organisation.
  package var alreadyMember: String { sentences.say("problems.alreadyMember") }

  /// Please choose one of the countries or regions offered.
  package var countryUnknown: String { sentences.say("problems.countryUnknown") }

  /// This is not a complete e-mail address. It should look like name@example.com.
  package var emailMalformed: String { sentences.say("problems.emailMalformed") }

  /// Please choose one of the languages offered.
  package var languageUnknown: String { sentences.say("problems.languageUnknown") }

  /// This entry cannot be right. Please check it.
  package var malformed: String { sentences.say("problems.malformed") }

  /// A name may not hold line breaks or control characters.
  package var nameMalformed: String { sentences.say("problems.nameMalformed") }

  /// Please fill in this field.
  package var required: String { sentences.say("problems.required") }

  /// Please choose at least one role.
  package var roleMissing: String { sentences.say("problems.roleMissing") }

  /// You may not give one of these roles.
  package var roleNotGrantable: String { sentences.say("problems.roleNotGrantable") }

  /// Please use at most {maximum} characters.
  package func tooLong(_ maximum: Int) -> String {
    sentences.say("problems.tooLong", ["maximum": String(maximum)], count: maximum)
  }
}

package struct ProfileSentences: Sendable {
  let sentences: Sentences

  /// Agreements of your organisation
  package var agreementsTitle: String { sentences.say("profile.agreementsTitle") }

  /// Details
  package var details: String { sentences.say("profile.details") }

  /// Sign out there
  package var endSession: String { sentences.say("profile.endSession") }

  /// Save
  package var languageButton: String { sentences.say("profile.languageButton") }

  /// Your preferred language has been saved.
  package var languageSaved: String { sentences.say("profile.languageSaved") }

  /// Preferred language
  package var languageTitle: String { sentences.say("profile.languageTitle") }

  /// last used {moment}
  package func lastSeen(_ moment: String) -> String {
    sentences.say("profile.lastSeen", ["moment": moment])
  }

  /// Guest in other organisations
  package var membershipsTitle: String { sentences.say("profile.membershipsTitle") }

  /// You hold no role.
  package var noRoles: String { sentences.say("profile.noRoles") }

  /// Change password
  package var passwordButton: String { sentences.say("profile.passwordButton") }

  /// Your password has been changed. Everywhere else you have been signed out.
  package var passwordChanged: String { sentences.say("profile.passwordChanged") }

  /// You stay signed in here; everywhere else you are signed out.
  package var passwordNote: String { sentences.say("profile.passwordNote") }

  /// There were too many attempts with a wrong current password. Please try again {wait}.
  package func passwordThrottled(_ wait: String) -> String {
    sentences.say("profile.passwordThrottled", ["wait": wait])
  }

  /// Change password
  package var passwordTitle: String { sentences.say("profile.passwordTitle") }

  /// Purchasing accounts: {numbers}
  package func purchasingAccounts(_ numbers: String) -> String {
    sentences.say("profile.purchasingAccounts", ["numbers": numbers])
  }

  /// That browser has been signed out.
  package var sessionEnded: String { sentences.say("profile.sessionEnded") }

  /// Where you are signed in
  package var sessionsTitle: String { sentences.say("profile.sessionsTitle") }

  /// since {moment}
  package func since(_ moment: String) -> String {
    sentences.say("profile.since", ["moment": moment])
  }

  /// This browser
  package var thisSession: String { sentences.say("profile.thisSession") }

  /// My profile
  package var title: String { sentences.say("profile.title") }

  /// Unknown browser
  package var unknownDevice: String { sentences.say("profile.unknownDevice") }
}

package struct SecondAgreementLetterSentences: Sendable {
  let sentences: Sentences

  /// Sign in
  package var button: String { sentences.say("secondAgreementLetter.button") }

  /// You need no new account: sign in as usual, and you find the agreement in your profile.
  package var next: String { sentences.say("secondAgreementLetter.next") }

  /// The agreement {agreement} of {organization} has been registered, and you are named as its purchasing account administrator.
  package func opening(agreement: String, organization: String) -> String {
    sentences.say("secondAgreementLetter.opening", ["agreement": agreement, "organization": organization])
  }

  /// Another agreement for you: {agreement}
  package func subject(_ agreement: String) -> String {
    sentences.say("secondAgreementLetter.subject", ["agreement": agreement])
  }
}

package struct SentAgainLetterSentences: Sendable {
  let sentences: Sentences

  /// The new link replaces the earlier one, which no longer works.
  package var note: String { sentences.say("sentAgainLetter.note") }

  /// As you asked, the invitation to the agreement {agreement} of {organization} has been sent again to its purchasing account administrator.
  package func opening(agreement: String, organization: String) -> String {
    sentences.say("sentAgainLetter.opening", ["agreement": agreement, "organization": organization])
  }

  /// Invitation to the agreement {agreement} sent again
  package func subject(_ agreement: String) -> String {
    sentences.say("sentAgainLetter.subject", ["agreement": agreement])
  }
}

package struct SignInSentences: Sendable {
  let sentences: Sentences

  /// Too many people are signing in just now. Please try again in a moment.
  package var busy: String { sentences.say("signIn.busy") }

  /// Sign in
  package var button: String { sentences.say("signIn.button") }

  /// Please enter your password again to go on.
  package var confirmAgain: String { sentences.say("signIn.confirmAgain") }

  /// Your address is confirmed. You can sign in now.
  package var confirmed: String { sentences.say("signIn.confirmed") }

  /// This page had been open for too long. Please try again.
  package var expired: String { sentences.say("signIn.expired") }

  /// The e-mail address or the password is not right. Please try again.
  package var incorrect: String { sentences.say("signIn.incorrect") }

  /// Didn't get the invitation?
  package var lostInvitation: String { sentences.say("signIn.lostInvitation") }

  /// No personal account yet?
  package var noAccount: String { sentences.say("signIn.noAccount") }

  /// Your password has been changed. Please sign in with the new one.
  package var passwordChanged: String { sentences.say("signIn.passwordChanged") }

  /// Personal account
  package var personal: String { sentences.say("signIn.personal") }

  /// Your own
  package var personalHint: String { sentences.say("signIn.personalHint") }

  /// Please sign in to accept the invitation.
  package var signInToAccept: String { sentences.say("signIn.signInToAccept") }

  /// Sign up
  package var signUp: String { sentences.say("signIn.signUp") }

  /// This account is suspended. Please ask an administrator of your organisation.
  package var suspended: String { sentences.say("signIn.suspended") }

  /// There were too many attempts. Please try again {wait}.
  package func throttled(_ wait: String) -> String {
    sentences.say("signIn.throttled", ["wait": wait])
  }

  /// Sign in
  package var title: String { sentences.say("signIn.title") }

  /// to go on to {application}
  package func toApplication(_ application: String) -> String {
    sentences.say("signIn.toApplication", ["application": application])
  }

  /// Work account
  package var work: String { sentences.say("signIn.work") }

  /// From your organisation
  package var workHint: String { sentences.say("signIn.workHint") }
}

package struct SignOutSentences: Sendable {
  let sentences: Sentences

  /// Sign in again
  package var again: String { sentences.say("signOut.again") }

  /// Back to {application}
  package func back(_ application: String) -> String {
    sentences.say("signOut.back", ["application": application])
  }

  /// Sign out
  package var button: String { sentences.say("signOut.button") }

  /// On a computer that others use too, close the browser as well.
  package var done: String { sentences.say("signOut.done") }

  /// You are signed out
  package var doneTitle: String { sentences.say("signOut.doneTitle") }

  /// Sign out of {portal} and of the services you opened from here?
  package var question: String { sentences.say("signOut.question") }

  /// Stay signed in
  package var stay: String { sentences.say("signOut.stay") }

  /// Sign out
  package var title: String { sentences.say("signOut.title") }
}

package struct SignUpSentences: Sendable {
  let sentences: Sentences

  /// Sign up
  package var button: String { sentences.say("signUp.button") }

  /// Have an account already?
  package var have: String { sentences.say("signUp.have") }

  /// A personal account is yours alone. For work, your organisation invites you instead.
  package var introduction: String { sentences.say("signUp.introduction") }

  /// Sign up for a personal account
  package var title: String { sentences.say("signUp.title") }
}

package struct SignUpAgainLetterSentences: Sendable {
  let sentences: Sentences

  /// Sign in
  package var button: String { sentences.say("signUpAgainLetter.button") }

  /// Just sign in with your e-mail address and your password.
  package var next: String { sentences.say("signUpAgainLetter.next") }

  /// Somebody, most likely you, has tried to sign up for a personal account with this address. You have one already, and nothing about it has been changed.
  package var opening: String { sentences.say("signUpAgainLetter.opening") }

  /// You already have a personal account
  package var subject: String { sentences.say("signUpAgainLetter.subject") }
}

package struct TimeSentences: Sendable {
  let sentences: Sentences

  /// April
  package var april: String { sentences.say("time.april") }

  /// August
  package var august: String { sentences.say("time.august") }

  /// {day} {month} {year}
  package func day(day: String, month: String, year: String) -> String {
    sentences.say("time.day", ["day": day, "month": month, "year": year])
  }

  /// December
  package var december: String { sentences.say("time.december") }

  /// February
  package var february: String { sentences.say("time.february") }

  /// in {hours} hours
  package func inHours(_ hours: Int) -> String {
    sentences.say("time.inHours", ["hours": String(hours)], count: hours)
  }

  /// in {minutes} minutes
  package func inMinutes(_ minutes: Int) -> String {
    sentences.say("time.inMinutes", ["minutes": String(minutes)], count: minutes)
  }

  /// in {seconds} seconds
  package func inSeconds(_ seconds: Int) -> String {
    sentences.say("time.inSeconds", ["seconds": String(seconds)], count: seconds)
  }

  /// January
  package var january: String { sentences.say("time.january") }

  /// July
  package var july: String { sentences.say("time.july") }

  /// June
  package var june: String { sentences.say("time.june") }

  /// March
  package var march: String { sentences.say("time.march") }

  /// May
  package var may: String { sentences.say("time.may") }

  /// {day}, {clock} UTC
  package func moment(day: String, clock: String) -> String {
    sentences.say("time.moment", ["day": day, "clock": clock])
  }

  /// November
  package var november: String { sentences.say("time.november") }

  /// October
  package var october: String { sentences.say("time.october") }

  /// September
  package var september: String { sentences.say("time.september") }
}

package struct UserSentences: Sendable {
  let sentences: Sentences

  /// Access
  package var accessTitle: String { sentences.say("user.accessTitle") }

  /// All users of {organization}
  package func backToList(_ organization: String) -> String {
    sentences.say("user.backToList", ["organization": organization])
  }

  /// Somebody else has changed this person's roles in the meantime. Here they are as they stand now.
  package var changedMeanwhile: String { sentences.say("user.changedMeanwhile") }

  /// Some of these roles exclude each other: nobody may hold them together. Nothing has been changed.
  package var dutiesNotSeparated: String { sentences.say("user.dutiesNotSeparated") }

  /// Ends this person's access to your organisation at once. Their account itself belongs to another organisation.
  package var guestSuspendHint: String { sentences.say("user.guestSuspendHint") }

  /// An organisation needs at least one account administrator. Name another first.
  package var lastAdministrator: String { sentences.say("user.lastAdministrator") }

  /// You may not change this person, because they hold a role that you may not give.
  package var notAllowed: String { sentences.say("user.notAllowed") }

  /// You may change only the roles that you may give.
  package var onlyThese: String { sentences.say("user.onlyThese") }

  /// You may see this person's roles, but not change them.
  package var readOnly: String { sentences.say("user.readOnly") }

  /// Restore
  package var restore: String { sentences.say("user.restore") }

  /// Lets this person sign in again with the roles shown here.
  package var restoreHint: String { sentences.say("user.restoreHint") }

  /// As many people as may have one of these roles have it already. Nothing has been changed.
  package var roleLimitExceeded: String { sentences.say("user.roleLimitExceeded") }

  /// A change takes effect at once in every service.
  package var rolesNote: String { sentences.say("user.rolesNote") }

  /// Roles
  package var rolesTitle: String { sentences.say("user.rolesTitle") }

  /// Save roles
  package var saveRoles: String { sentences.say("user.saveRoles") }

  /// Suspend
  package var suspend: String { sentences.say("user.suspend") }

  /// Ends this person's sessions and access at once. Roles are kept.
  package var suspendHint: String { sentences.say("user.suspendHint") }

  /// This person would hold more roles here than anybody may. Take some from them first. Nothing has been changed.
  package var tooManyRoles: String { sentences.say("user.tooManyRoles") }

  /// This is you
  package var you: String { sentences.say("user.you") }
}

package struct UsersSentences: Sendable {
  let sentences: Sentences

  /// Active
  package var active: String { sentences.say("users.active") }

  /// Nobody is here yet.
  package var empty: String { sentences.say("users.empty") }

  /// Guest
  package var guest: String { sentences.say("users.guest") }

  /// Invitation expired
  package var invitationExpired: String { sentences.say("users.invitationExpired") }

  /// Invite user
  package var invite: String { sentences.say("users.invite") }

  /// The invitation to {name} is on its way.
  package func invited(_ name: String) -> String {
    sentences.say("users.invited", ["name": name])
  }

  /// No role
  package var noRoles: String { sentences.say("users.noRoles") }

  /// {name} has been restored.
  package func nowRestored(_ name: String) -> String {
    sentences.say("users.nowRestored", ["name": name])
  }

  /// {name} has been suspended.
  package func nowSuspended(_ name: String) -> String {
    sentences.say("users.nowSuspended", ["name": name])
  }

  /// The roles of {name} have been changed.
  package func rolesChanged(_ name: String) -> String {
    sentences.say("users.rolesChanged", ["name": name])
  }

  /// The invitation to {name} has been sent again. The earlier link no longer works.
  package func sentAgain(_ name: String) -> String {
    sentences.say("users.sentAgain", ["name": name])
  }

  /// Suspended
  package var suspended: String { sentences.say("users.suspended") }

  /// Users of {organization}
  package func title(_ organization: String) -> String {
    sentences.say("users.title", ["organization": organization])
  }

  /// Invited, until {day}
  package func waitingUntil(_ day: String) -> String {
    sentences.say("users.waitingUntil", ["day": day])
  }

  /// The invitation to {name} has been withdrawn.
  package func withdrawn(_ name: String) -> String {
    sentences.say("users.withdrawn", ["name": name])
  }
}
