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
    Promise("many subjects are written and found at once, all of them or none") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let many = (0..<250).map { index in
        var subject = bench.samples.subject(organization, name: "K \(index) \"ü\"")
        subject.attributes = ["text": "\u{0}\n\"ж\"", "number": .integer(Int64(index)), "nothing": nil]
        return subject
      }
      try await bench.store.write { try $0.insert(many) }
      let names = Set(many.map(\.named))
      try await bench.store.read { tx throws in
        #expect(try tx.subjects(names) == Dictionary(uniqueKeysWithValues: many.map { ($0.named, $0) }))
        let unknown = SubjectName(organization: organization, type: "vehicle", name: "none")
        #expect(try tx.subjects([unknown, many[0].named]) == [many[0].named: many[0]])
        #expect(try tx.subjects([unknown]).isEmpty && tx.subjects([] as Set<SubjectName>).isEmpty)
        #expect(try tx.subjects(Set(many[..<2].map(\.id))) == [many[0].id: many[0], many[1].id: many[1]])
        #expect(try tx.subjects([many[7].id]) == [many[7].id: many[7]])
      }
      #expect(many.allSatisfy { bench.policy.sum.subjects[$0.id]??.attributes == $0.attributes })
      await #expect(throws: StoreError.taken(.subjectName)) {
        try await bench.store.write {
          try $0.insert([bench.samples.subject(organization), bench.samples.subject(organization, name: many[3].name)])
        }
      }
      var changed = Array(many[..<3])
      for index in changed.indices { changed[index].state = .suspended }
      let mine = changed
      #expect(try await bench.store.write { try $0.update(mine) })
      #expect(try await bench.store.read { try $0.subject(mine[2].id)?.version } == 2)
      #expect(try await !bench.store.write { try $0.update([many[5], many[0]]) })
      #expect(bench.policy.sum.subjects[many[1].id]??.isActive == false)
    },
    Promise("what any of some subjects holds is found, its own and that of its groups") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let subjects = (0..<3).map { _ in bench.samples.subject(organization) }
      let group = bench.samples.group(organization)
      let own = bench.samples.assignment(.reportViewer, of: .subject(subjects[0].id), in: organization)
      let shared = bench.samples.assignment(.accountViewer, of: .group(group.id), in: organization)
      try await bench.store.write { tx throws in
        try tx.insert(subjects)
        try tx.insert(group)
        try tx.seed(own)
        try tx.seed(shared)
        try tx.seed(
          GroupMembership(
            group: group.id, organization: organization, member: .subject(subjects[1].id), addedBy: "test",
            addedAt: bench.samples.now))
      }
      try await bench.store.read { tx throws in
        func held(_ some: [RegisteredSubject]) throws -> Set<RoleAssignmentID> {
          Set(try tx.roleAssignments(reachingAnyOf: Set(some.map(\.id))).map(\.id))
        }
        #expect(try held(subjects) == [own.id, shared.id])
        #expect(try held([subjects[1]]) == [shared.id] && held([subjects[1], subjects[2]]) == [shared.id])
        #expect(try held([subjects[2]]).isEmpty && held([]).isEmpty)
      }
      // Changed together, each keeps what is its own.
      var changed = subjects
      for index in changed.indices { changed[index].attributes = ["seats": 5] }
      let mine = changed
      #expect(try await bench.store.write { try $0.update(mine) })
      #expect(bench.policy.sum.subjects[subjects[0].id]??.assignments.map(\.id) == [own.id])
      #expect(bench.policy.sum.subjects[subjects[1].id]??.groups == [group.id])
      #expect(bench.policy.sum.subjects[subjects[2].id]??.groups == [])
    },
    Promise("many resources are written and found at once, with where they belong and what lies in them") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let agreements = (0..<2).map { _ in bench.samples.agreement(organization) }
      let accounts = agreements.map { bench.samples.purchasingAccount($0) }
      let many = (0..<250).map { index in
        RegisteredResource(
          type: "vehicle", id: "\(index) \"ü\"", organization: organization,
          parent: index < 2 ? .agreement(agreements[index].id) : ResourceName(type: "vehicle", id: "\(index % 2) \"ü\""),
          attributes: ["text": "\u{0}\n\"ж\""], createdAt: bench.samples.now)
      }
      // Under the name of an agreement, which goes on answering for itself.
      let namesake = RegisteredResource(
        type: "agreement", id: agreements[0].id.text, organization: organization, parent: many[9].name, attributes: ["own": true],
        createdAt: bench.samples.now)
      try await bench.store.write { tx throws in
        for agreement in agreements { try tx.insert(agreement) }
        for account in accounts { try tx.insert(account) }
        try tx.insert(many + [namesake])
      }
      let natural = agreements.map { ResourceName.agreement($0.id) } + accounts.map { .purchasingAccount($0.id) }
      try await bench.store.read { tx throws in
        #expect(try tx.resources(Set(many.map(\.name))) == Dictionary(uniqueKeysWithValues: many.map { ($0.name, $0) }))
        #expect(try tx.resources([many[8].name]) == [many[8].name: many[8]])
        let places = try tx.places(of: Set(natural + [many[2].name, ResourceName(type: "vehicle", id: "none")]))
        #expect(places.count == 5)
        #expect(places[natural[0]] == ResourcePlace(organization: organization, parent: nil))
        #expect(places[natural[2]] == ResourcePlace(organization: organization, parent: natural[0]))
        #expect(places[many[2].name] == ResourcePlace(organization: organization, parent: many[0].name))
        #expect(try tx.places(of: [natural[3]]) == [natural[3]: ResourcePlace(organization: organization, parent: natural[1])])
        #expect(try tx.places(of: [ResourceName(type: "agreement", id: "none")]).isEmpty && tx.places(of: []).isEmpty)
        let below = try tx.places(below: [many[0].name, natural[0]], atMost: 1_000)
        #expect(Set(below.keys) == Set(many.filter { $0.parent == many[0].name || $0.parent == natural[0] }.map(\.name)))
        #expect(try tx.places(below: [many[0].name, natural[0]], atMost: 2).count == 2)
        #expect(try tx.places(below: [], atMost: 100).isEmpty)
      }
      #expect(
        bench.policy.sum.resources[natural[0]] == PolicyFacts.ResourceFacts(organization: organization, attributes: ["own": true])
      )
      #expect(bench.policy.sum.resources[many[249].name]??.parent == many[1].name)
      await #expect(throws: StoreError.taken(.resource)) {
        try await bench.store.write { try $0.insert([bench.samples.resource(organization), many[3]]) }
      }
      var moved = Array(many[..<3])
      for index in moved.indices { moved[index].parent = nil }
      let mine = moved
      #expect(try await bench.store.write { try $0.update(mine) })
      #expect(try await !bench.store.write { try $0.update([many[0], many[7]]) })
      #expect(try await bench.store.read { try $0.resource(type: "vehicle", id: many[2].id)?.version } == 2)
      #expect(
        bench.policy.sum.resources[many[2].name]
          == PolicyFacts.ResourceFacts(organization: organization, attributes: many[2].attributes))
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
