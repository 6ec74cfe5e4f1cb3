internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let subjects = [
    Promise("a registered subject is found by its type and name in its organization, and both are taken there once") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let elsewhere = bench.samples.organization()
      let subject = bench.samples.subject(organization, type: "vehicle", name: "K-17")
      let others = [
        bench.samples.subject(organization, type: "terminal", name: "K-17"),
        bench.samples.subject(organization, type: "vehicle", name: "k-17"),
        bench.samples.subject(elsewhere.id, type: "vehicle", name: "K-17"),
      ]
      try await bench.store.write { tx throws in
        try tx.insert(elsewhere)
        try tx.insert(subject)
        for other in others { try tx.insert(other) }
      }
      await #expect(throws: StoreError.taken(.subjectName)) {
        try await bench.store.write { try $0.insert(bench.samples.subject(organization, type: "vehicle", name: "K-17")) }
      }
      try await bench.store.read { tx throws in
        #expect(try tx.subject(subject.id) == subject)
        #expect(try tx.subject(type: "vehicle", name: "K-17", of: organization) == subject)
        #expect(try tx.subject(type: "vehicle", name: "K-18", of: organization) == nil)
        let vehicles = try tx.subjects(of: organization, type: "vehicle", PageRequest()).items
        #expect(vehicles == [subject, others[1]].sorted { $0.id < $1.id })
        #expect(try tx.subjects(of: organization, type: nil, PageRequest(limit: 2)).items.count == 2)
      }
    },
    Promise("attributes of a subject come back as they were written, and change from the version that was seen") { bench in
      let settled = try await bench.settle()
      let subject = bench.samples.subject(settled.organization.id)
      try await bench.store.write { try $0.insert(subject) }
      var changed = subject
      changed.attributes = ["depth": ["of": [1, 2.5, true, nil, "\"ü\""]], "empty": [:]]
      changed.state = .suspended
      let mine = changed
      #expect(try await bench.store.write { try $0.update(mine) })
      #expect(try await !bench.store.write { try $0.update(mine) })
      changed.version += 1
      #expect(try await bench.store.read { try $0.subject(subject.id) } == changed)
      let told = try #require(bench.policy.sum.subjects[subject.id] ?? nil)
      #expect(!told.isActive && told.attributes == mine.attributes && told.name == subject.name && told.type == subject.type)
    },
    Promise("a subject that is deleted takes its roles along, and its name is free") { bench in
      let settled = try await bench.settle()
      let subject = bench.samples.subject(settled.organization.id, type: "vehicle", name: "K-17")
      let held = bench.samples.assignment(.reportViewer, of: .subject(subject.id), in: settled.organization.id)
      try await bench.store.write { tx throws in
        try tx.insert(subject)
        try tx.seed(held)
      }
      #expect(bench.policy.sum.subjects[subject.id]??.assignments.map(\.id) == [held.id])
      #expect(try await bench.store.write { try $0.unseed(subject) })
      #expect(bench.policy.sum.subjects[subject.id].map { $0 == nil } == true)
      #expect(try await bench.store.read { try $0.roleAssignment(held.id) } == nil)
      try await bench.store.write {
        try $0.insert(bench.samples.subject(settled.organization.id, type: "vehicle", name: "K-17"))
      }
    },
    Promise("what lies in a resource is found by it, with the attributes it was given") { bench in
      let settled = try await bench.settle()
      let fleet = ResourceName(type: "fleet", id: "north")
      let inside = (0..<5).map { index in
        RegisteredResource(
          type: index.isMultiple(of: 2) ? "vehicle" : "trailer", id: "\(index)", organization: settled.organization.id,
          parent: fleet, attributes: ["wheels": .integer(Int64(index))], createdAt: bench.samples.now)
      }
      try await bench.store.write { tx throws in
        for resource in inside { try tx.insert(resource) }
        try tx.insert(bench.samples.resource(settled.organization.id))
      }
      let pages = try await bench.store.read { tx throws in
        let first = try tx.resources(below: fleet, PageRequest(limit: 3))
        return try [first, tx.resources(below: fleet, PageRequest(limit: 3, after: first.next))]
      }
      #expect(pages.flatMap(\.items) == inside.sorted { ($0.type, $0.id) < ($1.type, $1.id) })
      var moved = inside[0]
      moved.parent = nil
      moved.attributes = [:]
      let free = moved
      #expect(try await bench.store.write { try $0.update(free) })
      moved.version += 1
      #expect(try await bench.store.read { try $0.resource(type: free.type, id: free.id) } == moved)
      let told = bench.policy.sum.resources[free.name]
      #expect(told == PolicyFacts.ResourceFacts(organization: settled.organization.id))
      #expect(bench.policy.sum.resources[inside[1].name]??.parent == fleet)
    },
  ]
}
