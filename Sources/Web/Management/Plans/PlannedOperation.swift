internal import HTTPTypes
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  /// What an operation is about that may change what somebody may do, by the words of its path.
  private static let rights: Set<String> = [
    "members", "accounts", "groups", "subjects", "roles", "role-assignments", "role-exclusions", "role-limits", "permissions",
    "resources", "access-reviews",
  ]

  /// What can be closed, and opened again, as a whole: then everything in it counts no more, or counts again.
  private static let places: Set<String> = ["/organizations/{organization}", "/partners/{partner}"]

  /// Whether it is one of those that can be planned. A new one about the same things is, without anybody's thinking of it.
  var changesRights: Bool {
    let words = path.split(separator: "/").map(String.init)
    return isWriting && !words.contains("sessions") && (Self.places.contains(path) || !Self.rights.isDisjoint(with: words))
  }

  /// What a plan is asked by and applied with.
  enum PlanParameter {
    static let dryRun = "dryRun"
    static let plan = "plan"
  }

  /// The same, with `?dryRun=true` to tell what it would do, and `?plan=` to do exactly that or nothing.
  ///
  /// Its use case must make the whole change in one `Environment.write` with the occasion of the call: that alone knows of plans.
  var planned: Operation {
    var planned = Operation(
      name: name, method: method, path: path, summary: summary, need: need,
      parameters: parameters + [
        Parameter(
          name: PlanParameter.dryRun, schema: .word(["true", "false"]),
          about: "`true` changes nothing, and answers with what would change."),
        Parameter(
          name: PlanParameter.plan, schema: .text(PlanDigest.length...PlanDigest.length),
          about:
            "The `digest` of a plan for the same request: the change is made if it does exactly what the plan says, else 412."),
      ], takes: takes, gives: gives, statuses: statuses, isVersioned: isVersioned, isPlanned: true
    ) { [perform, name] call in
      let intent = try call.intent(of: name)
      do {
        let reply = try await perform(call.intending(intent))
        if case .plan = intent { throw NothingPlanned(operation: name) }
        return reply
      } catch let planned as Planned {
        return try Reply(.ok, Management.Plan(planned.plan))
      }
    }
    planned.isBulk = isBulk
    return planned
  }
}

/// An operation that says of itself that it can be planned and never asked for it: ours to repair, and shown to nobody.
private struct NothingPlanned: Error {
  let operation: String
}

extension Call {
  fileprivate func intending(_ intent: Occasion.Intent) -> Call {
    Call(
      parameters: parameters, query: query, body: body, seen: seen, occasion: occasion.intending(intent), env: env, tables: tables
    )
  }

  /// What the query says is to come of it.
  fileprivate func intent(of operation: String) throws(ManagementRefusal) -> Occasion.Intent {
    let isDryRun = query[Operation.PlanParameter.dryRun] == "true"
    let plan = query[Operation.PlanParameter.plan]
    guard !isDryRun || plan == nil else {
      throw .query(Operation.PlanParameter.plan, "exactly_one", "A plan is made or applied, not both.")
    }
    if isDryRun { return .plan(of: request(operation)) }
    return plan.map { .applyExactly(PlanDigest(presented: $0), of: request(operation)) } ?? .apply
  }

  /// Everything of the request that a change depends on. Who asks is not part of it: what one has planned, another may apply.
  private func request(_ operation: String) -> PlannedRequest {
    let own = [Operation.PlanParameter.dryRun, Operation.PlanParameter.plan]
    func listed(_ values: [String: String]) -> [String] { values.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] } }
    return PlannedRequest(
      [operation, seen.map { String($0) } ?? ""] + listed(parameters) + [""]
        + listed(query.filter { !own.contains($0.key) }) + ["", Base64URL.encode(body)])
  }
}

extension PlanChanged: SaidByManagement {
  var said: ManagementRefusal {
    var refusal = ManagementRefusal(.planChanged, "The change would do something else now; the new plan is here.")
    refusal.plan = Management.Plan(plan)
    return refusal
  }
}
