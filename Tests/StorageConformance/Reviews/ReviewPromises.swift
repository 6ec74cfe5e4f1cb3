internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let reviews = [
    Promise("a review writes down what is held when it is opened, and keeps it when it is held no more") { bench in
      let settled = try await bench.settle()
      let whole = bench.samples.assignment(.reportViewer, of: .account(settled.account.id), in: settled.organization.id)
      let narrow = RoleAssignment(
        id: bench.samples.id(), organization: settled.organization.id, holder: .application(settled.application.id),
        role: .accountViewer, scope: ResourceName(type: "order", id: "42"), endsAt: bench.samples.now + .hours(1),
        grantedBy: "command:test", createdAt: bench.samples.now, reason: "For the audit.")
      let review = AccessReview(
        id: bench.samples.id(), organization: settled.organization.id, name: "Spring", openedBy: "command:test",
        openedAt: bench.samples.now)
      let items = try await bench.store.write { tx throws in
        try tx.seed(whole)
        try tx.seed(narrow)
        return try tx.insert(review, about: AssignmentFilter())
      }
      #expect(items == 2)
      let decision = ReviewedAssignment.Decision(
        verdict: .remove, reason: "Left.", decidedBy: "command:test", decidedAt: bench.samples.now)
      try await bench.store.write { tx throws in
        try tx.decide(decision, about: narrow.id, of: review.id)
        _ = try tx.unseed(narrow)
      }
      try await bench.store.read { tx throws in
        #expect(try tx.accessReview(review.id) == review)
        #expect(try tx.progress(of: review.id) == ReviewProgress(items: 2, kept: 0, removed: 1, open: 1))
        #expect(
          try tx.reviewedAssignment(narrow.id, of: review.id)
            == ReviewedAssignment(
              review: review.id, assignment: narrow, lastUsedAt: nil, decision: decision, isHeld: false))
        let open = try tx.reviewedAssignments(of: review.id, onlyOpen: true, PageRequest())
        #expect(open.items.map(\.assignment) == [whole])
        let all = try tx.reviewedAssignments(of: review.id, onlyOpen: false, PageRequest(limit: 1))
        #expect(all.items.count == 1 && all.next != nil)
        #expect(try tx.accessReviews(in: settled.organization.id, PageRequest()).items == [review])
        #expect(try tx.accessReviews(in: bench.samples.id(), PageRequest()).items.isEmpty)
      }
    },
    Promise("a review is about some roles, or about what nobody used, when that is asked") { bench in
      let settled = try await bench.settle()
      let holder = RoleHolder.account(settled.account.id)
      let used = bench.samples.assignment(.reportViewer, of: holder, in: settled.organization.id)
      let unused = bench.samples.assignment(.accountViewer, of: holder, in: settled.organization.id)
      let later = bench.samples.now + .hours(2)
      let use = AssignmentUse(
        organization: settled.organization.id, holder: .account(settled.account.id), role: .reportViewer, scope: nil, at: later)
      try await bench.store.write { tx throws in
        try tx.seed(used)
        try tx.seed(unused)
        try tx.noteUses([use])
      }
      for (filter, expected) in [
        (AssignmentFilter(roles: [.reportViewer]), [used]), (AssignmentFilter(unusedSince: later), [unused]),
        (AssignmentFilter(unusedSince: bench.samples.now), []), (AssignmentFilter(roles: [.accountManager]), []),
      ] {
        let review = AccessReview(
          id: bench.samples.id(), organization: settled.organization.id, name: "Spring", openedBy: "command:test",
          openedAt: bench.samples.now)
        #expect(try await bench.store.write { try $0.insert(review, about: filter) } == expected.count)
        let items = try await bench.store.read {
          try $0.reviewedAssignments(of: review.id, onlyOpen: false, PageRequest()).items
        }
        #expect(items.map(\.assignment) == expected)
        if expected == [used] { #expect(items.first?.lastUsedAt == later) }
      }
    },
    Promise("a review is closed once, from the version that was seen") { bench in
      let settled = try await bench.settle()
      var review = AccessReview(
        id: bench.samples.id(), organization: settled.organization.id, name: "Spring", openedBy: "command:test",
        openedAt: bench.samples.now)
      let opened = review
      _ = try await bench.store.write { try $0.insert(opened, about: AssignmentFilter()) }
      review.closedBy = "command:other"
      review.closedAt = bench.samples.now
      let closed = review
      let written = try await atOnce { _ in try await bench.store.write { try $0.update(closed) } }
      #expect(written.count { $0 } == 1)
      review.version = 2
      let expected = review
      #expect(try await bench.store.read { try $0.accessReview(expected.id) } == expected)
    },
    Promise("the last use of an assignment is known, whoever holds it, and an earlier one changes nothing") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let scope = ResourceName(type: "order", id: "42")
      let held: [(AssignmentUse.Holder, RoleHolder)] = [
        (.account(settled.account.id), .account(settled.account.id)),
        (.application(settled.application.id), .application(settled.application.id)),
      ]
      for (used, holder) in held {
        let whole = bench.samples.assignment(.reportViewer, of: holder, in: organization)
        let narrow = RoleAssignment(
          id: bench.samples.id(), organization: organization, holder: holder, role: .reportViewer, scope: scope,
          grantedBy: "command:test", createdAt: bench.samples.now)
        let (hour, next) = (bench.samples.now.startOfHour, bench.samples.now.startOfHour + .hours(1))
        try await bench.store.write { tx throws in
          try tx.seed(whole)
          try tx.seed(narrow)
          for moment in [next, hour] {
            try tx.noteUses([
              AssignmentUse(organization: organization, holder: used, role: .reportViewer, scope: nil, at: moment)
            ])
          }
        }
        try await bench.store.read { tx throws in
          #expect(try tx.lastUse(of: whole.id) == next)
          #expect(try tx.lastUse(of: narrow.id) == nil)
        }
        try await bench.store.write { tx throws in
          try tx.noteUses([
            AssignmentUse(organization: organization, holder: used, role: .reportViewer, scope: scope, at: hour),
            // Nobody holds this.
            AssignmentUse(organization: organization, holder: used, role: .accountManager, scope: nil, at: hour),
          ])
        }
        try await bench.store.read { tx throws in
          #expect(try tx.lastUse(of: narrow.id) == hour)
          let unused = try tx.unusedAssignments(in: organization, since: next, PageRequest()).items.filter {
            $0.assignment.holder == holder
          }
          #expect(unused.map(\.assignment) == [narrow] && unused.first?.lastUsedAt == hour)
        }
        // What is taken is forgotten.
        _ = try await bench.store.write { try $0.unseed(whole) }
        #expect(try await bench.store.read { try $0.lastUse(of: whole.id) } == nil)
      }
    },
  ]
}
