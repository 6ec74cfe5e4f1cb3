/// The pages behind the `type` of problem documents, for whoever opens such an address.
struct ProblemTypeRoutes: Sendable {
  let web: WebEnvironment

  var routes: [Route] {
    [
      PageRouting(web: web).get("\(ManagementRefusal.Kind.root)/{type}") { visit in
        guard let kind = ManagementRefusal.Kind(rawValue: try visit.exchange.parameter("type")) else { throw Failure.notFound }
        return visit.show(ProblemTypePage(frame: visit.frame(), kind: kind))
      }
    ]
  }
}
