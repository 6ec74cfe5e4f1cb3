internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  private static let root = "/organizations/{organization}/access-reviews"

  static let reviews: [Operation] = [
    .list(
      "/organizations/{organization}/unused-role-assignments", "listUnusedRoleAssignments",
      "List the assignments that were given before a moment and not used since.",
      needs: .permission(.roleView, in: .organization),
      query: [Parameter(name: "since", schema: .time, about: "The moment; ninety days ago when absent.")]
    ) { call in
      let since = try call.time("since") ?? call.occasion.now - .days(90)
      return Management.Page(
        try await ListUnusedAssignments()(in: try call.organization, since: since, call.page, call.occasion, env: call.env),
        Management.UnusedAssignment.init)
    },
    .list(
      root, "listAccessReviews", "List the reviews of who holds what in an organization, open and closed.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      Management.Page(
        try await ListAccessReviews()(in: try call.organization, call.page, call.occasion, env: call.env)
      ) { Management.AccessReview($0.review, $0.progress) }
    },
    .create(
      root, "openAccessReview", "Open a review of the assignments that an organization has now.",
      needs: .permission(.roleAssign, in: .organization),
      at: { "/organizations/\($0.organization)/access-reviews/\($0.id)" }
    ) { (call: Call, body: Management.NewAccessReview) -> Management.AccessReview in
      let (review, progress) = try await OpenAccessReview()(
        named: body.name, about: try body.filter, in: try call.organization, call.occasion, env: call.env)
      return Management.AccessReview(review, progress)
    },
    .show(
      "\(root)/{review}", "getAccessReview", "Show one review, and how far it is.",
      needs: .permission(.roleView, in: .organization)
    ) { call in
      let (review, progress) = try await ViewAccessReview()(
        try call.id("review"), in: try call.organization, call.occasion, env: call.env)
      return Management.AccessReview(review, progress)
    },
    .list(
      "\(root)/{review}/items", "listReviewedAssignments", "List the assignments that a review is about, the oldest first.",
      needs: .permission(.roleView, in: .organization),
      query: [Parameter(name: "open", schema: .word(["true"]), about: "Only those that are held and wait for a decision.")]
    ) { call in
      Management.Page(
        try await ListReviewedAssignments()(
          of: try call.id("review"), in: try call.organization, onlyOpen: call.query["open"] == "true", call.page,
          call.occasion, env: call.env),
        Management.ReviewedAssignment.init)
    },
    .actInBulk(
      "\(root)/{review}/decisions", "decideAccessReview",
      "Say of assignments under review whether they stay. What is to go is gone at once.",
      needs: .permission(.roleAssign, in: .organization)
    ) { (call: Call, body: Management.AccessReviewDecisions) -> Management.AccessReview in
      let (review, progress) = try await DecideAccessReview()(
        body.items, in: try call.id("review"), of: try call.organization, call.occasion, env: call.env)
      return Management.AccessReview(review, progress)
    },
    .act(
      "\(root)/{review}/close", "closeAccessReview", "End a review in which nothing waits for a decision. It stays as a record.",
      needs: .permission(.roleAssign, in: .organization), isVersioned: true
    ) { call in
      let (review, progress) = try await CloseAccessReview()(
        try call.id("review"), of: try call.organization, seen: call.seen, call.occasion, env: call.env)
      return Management.AccessReview(review, progress)
    },
  ]
}

extension OpenAccessReview.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .nameRefused: .notAccepted("name", "malformed", "A name is visible characters in one line.")
    case .empty: ManagementRefusal(.state, "There is no such assignment to review.")
    case .tooMany:
      ManagementRefusal(
        .notAccepted,
        "A review is about at most \(AccessReview.maximumItems) assignments; open one for some of the roles.")
    }
  }
}

extension DecideAccessReview.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .closed: ManagementRefusal(.state, "The review is closed.")
    case .assignmentUnknown(let id): .notAccepted("decisions", "unknown", "The review is not about the assignment \(id).")
    case .gone(let id): ManagementRefusal(.state, "The assignment \(id) is held no more: there is nothing to decide.")
    case .reasonRefused: .notAccepted("decisions", "malformed", "A reason is visible characters in one line.")
    }
  }
}

extension CloseAccessReview.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .undecided(let count):
      ManagementRefusal(.state, "\(count) \(count == 1 ? "assignment waits" : "assignments wait") for a decision.")
    case .changedMeanwhile: .changedMeanwhile
    }
  }
}
