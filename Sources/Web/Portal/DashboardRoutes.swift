internal import AccessControl
internal import Identity

/// The start page: the services a person may use, and the tasks their roles open.
struct DashboardRoutes: Sendable {
  let web: WebEnvironment

  var routes: [Route] {
    [
      .get("/") { _ in .seeOther(ContinuePath.start.text) },
      PageRouting(web: web).getSignedIn(ContinuePath.start.text, show),
    ]
  }

  private func show(_ person: PageRouting.SignedIn) async throws -> Answer {
    let visit = person.visit
    let profile = try await ViewProfile()(visit.occasion, env: visit.env)
    let services = try await ListServices()(for: person.account, visit.occasion, env: visit.env)
    let home = profile.places.first { $0.organization.id == person.account.home }
    let page = DashboardPage(
      frame: visit.frame(), givenName: person.account.name.first, organization: home?.organization.name,
      roles: home?.roles.map(visit.label) ?? [],
      services: services.map { DashboardPage.Service(name: $0.name, description: "", address: $0.address) },
      tasks: tasks(person), notice: notice(visit))
    return visit.saidOnce(visit.show(page))
  }

  private func tasks(_ person: PageRouting.SignedIn) -> [DashboardPage.Task] {
    let places = Workplace.all(of: person.account, person.visit.env)
    var tasks: [DashboardPage.Task] = []
    if places.contains(where: { $0.may(.userView) }) { tasks.append(.users) }
    if places.contains(where: { $0.may(.userInvite) }) { tasks.append(.inviteUser) }
    return tasks + [.profile]
  }

  private func notice(_ visit: Visit) -> DashboardPage.Notice? {
    switch visit.flash?.word {
    case .accountCreated: .accountCreated
    case .agreementAdded: .agreementAdded
    case .joined: .joined(visit.flash?.name ?? "")
    default: nil
    }
  }
}
