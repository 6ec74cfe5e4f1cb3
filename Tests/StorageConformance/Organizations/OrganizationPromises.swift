internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let organizations = [
    Promise("organizations, agreements, purchasing accounts and resources come back as they were stored") { bench in
      let samples = bench.samples
      let (customer, partner) = (samples.organization(), samples.organization(.partner))
      let agreements = [samples.agreement(customer.id, partner: partner.id), samples.agreement(customer.id)]
      let account = samples.purchasingAccount(agreements[0])
      let resource = samples.resource(customer.id)
      try await bench.store.write { tx throws in
        try tx.insert(customer)
        try tx.insert(partner)
        for agreement in agreements { try tx.insert(agreement) }
        try tx.insert(account)
        try tx.insert(resource)
      }
      try await bench.store.read { tx throws in
        #expect(try tx.organization(customer.id) == customer)
        #expect(try tx.organization(samples.id()) == nil)
        for agreement in agreements { #expect(try tx.agreement(agreement.id) == agreement) }
        #expect(try tx.purchasingAccount(account.id) == account)
        #expect(try tx.purchasingAccounts(agreement: agreements[0].id) == [account])
        #expect(try tx.purchasingAccounts(agreement: agreements[1].id).isEmpty)
        #expect(try tx.resource(type: resource.type, id: resource.id) == resource)
        #expect(try tx.resource(type: "license", id: resource.id) == nil)
      }
    },
    Promise("there is one portal organization") { bench in
      #expect(try await bench.store.read { try $0.portalOrganization() } == nil)
      let portal = bench.samples.organization(.portal)
      try await bench.store.write { try $0.insert(portal) }
      await #expect(throws: StoreError.taken(.other)) {
        try await bench.store.write { try $0.insert(bench.samples.organization(.portal)) }
      }
      #expect(try await bench.store.read { try $0.portalOrganization() } == portal)
    },
    Promise("numbers are unique and found without regard to case") { bench in
      let organization = bench.samples.organization()
      let agreement = bench.samples.agreement(organization.id, number: "V-12a")
      let account = bench.samples.purchasingAccount(agreement, number: "p/7x")
      try await bench.store.write { tx throws in
        try tx.insert(organization)
        try tx.insert(agreement)
        try tx.insert(account)
      }
      try await bench.store.read { tx throws in
        #expect(try tx.agreement(number: "v-12A") == agreement)
        #expect(try tx.agreement(number: "v-12") == nil)
        #expect(try tx.purchasingAccount(number: "P/7X") == account)
      }
      await #expect(throws: StoreError.taken(.agreementNumber)) {
        try await bench.store.write { try $0.insert(bench.samples.agreement(organization.id, number: "v-12A")) }
      }
      await #expect(throws: StoreError.taken(.purchasingAccountNumber)) {
        try await bench.store.write { try $0.insert(bench.samples.purchasingAccount(agreement, number: "P/7X")) }
      }
    },
    Promise("a resource is registered once, its type and id told apart") { bench in
      let organization = bench.samples.organization()
      let now = bench.samples.now
      func resource(_ type: String, _ id: String) -> RegisteredResource {
        RegisteredResource(type: type, id: id, organization: organization.id, createdAt: now)
      }
      let first = resource("order", "1")
      let others = [resource("license", "1"), resource("order", "2"), resource("Order", "1")]
      try await bench.store.write { tx throws in
        try tx.insert(organization)
        try tx.insert(first)
        for other in others { try tx.insert(other) }
      }
      await #expect(throws: StoreError.taken(.resource)) { try await bench.store.write { try $0.insert(first) } }
      #expect(try await bench.store.write { try $0.deleteResource(type: "order", id: "1") })
      #expect(try await !bench.store.write { try $0.deleteResource(type: "order", id: "1") })
      #expect(try await bench.store.read { try $0.resources(organization: nil, PageRequest()).items.count } == 3)
    },
    Promise("of fifty changes that saw the same version one is written") { bench in
      let organization = bench.samples.organization()
      try await bench.store.write { try $0.insert(organization) }
      let written = try await atOnce { index in
        var changed = organization
        changed.name = "Name \(index)"
        let mine = changed
        return try await bench.store.write { try $0.update(mine) } ? index : nil
      }
      let winners = written.compactMap(\.self)
      let stored = try await bench.store.read { try $0.organization(organization.id) }
      #expect(winners.count == 1)
      #expect(stored?.name == "Name \(winners.first ?? -1)")
      #expect(stored?.version == organization.version + 1)
    },
    Promise("a change that saw an old version changes nothing") { bench in
      let organization = bench.samples.organization()
      let agreement = bench.samples.agreement(organization.id)
      let resource = bench.samples.resource(organization.id)
      try await bench.store.write { tx throws in
        try tx.insert(organization)
        try tx.insert(agreement)
        try tx.insert(resource)
        #expect(try tx.update(organization))
        #expect(try tx.update(agreement))
        #expect(try tx.update(resource))
      }
      try await bench.store.write { tx throws in
        var late = agreement
        late.state = .ended
        #expect(try !tx.update(late))
        #expect(try !tx.update(organization))
        #expect(try !tx.update(resource))
        #expect(try tx.agreement(agreement.id)?.state == .active)
        #expect(try tx.agreement(agreement.id)?.version == 2)
      }
    },
    Promise("lists come in pages that hold everything once and stay put while others add to them") { bench in
      let (customer, partner) = (bench.samples.organization(), bench.samples.organization(.partner))
      try await bench.store.write { tx throws in
        try tx.insert(customer)
        try tx.insert(partner)
      }
      let agreements = (0..<9).map { index in
        bench.samples.agreement(customer.id, partner: index.isMultiple(of: 3) ? partner.id : nil)
      }
      try await bench.store.write { tx in for agreement in agreements { try tx.insert(agreement) } }
      let ids = agreements.map(\.id).sorted()
      let walked = try await walk(bench, limit: 4, addingTo: customer.id) {
        try $0.agreements(organization: customer.id, partner: nil, $1)
      }
      #expect(walked.map(\.id).filter(Set(ids).contains) == ids)
      let ofPartner = try await walk(bench, limit: 2) { try $0.agreements(organization: nil, partner: partner.id, $1) }
      #expect(ofPartner.map(\.id) == agreements.filter { $0.partner != nil }.map(\.id).sorted())
    },
    Promise("the last page says that it is the last, also when it is exactly full") { bench in
      let organizations = (0..<6).map { _ in bench.samples.organization() }
      try await bench.store.write { tx in for organization in organizations { try tx.insert(organization) } }
      let pages = try await bench.store.read { tx throws in
        let first = try tx.organizations(PageRequest(limit: 3))
        return [first, try tx.organizations(PageRequest(limit: 3, after: first.next))]
      }
      #expect(pages.map(\.items.count) == [3, 3])
      #expect(pages[0].next != nil && pages[1].next == nil)
    },
    Promise("resources come in pages by type and id, whatever characters those hold") { bench in
      let (customer, other) = (bench.samples.organization(), bench.samples.organization())
      let now = bench.samples.now
      let keys = [
        ("order", "1"), ("order", "10"), ("order", "2"), ("a b", "\""), ("a b", "я"), ("licence/x", "["), ("order", ""),
      ]
      try await bench.store.write { tx throws in
        try tx.insert(customer)
        try tx.insert(other)
        for key in keys { try tx.insert(RegisteredResource(type: key.0, id: key.1, organization: customer.id, createdAt: now)) }
        try tx.insert(RegisteredResource(type: "order", id: "15", organization: other.id, createdAt: now))
      }
      let walked = try await walk(bench, limit: 2) { try $0.resources(organization: customer.id, $1) }
      #expect(
        walked.map { ResourceName(type: $0.type, id: $0.id) } == keys.sorted { $0 < $1 }.map { ResourceName(type: $0, id: $1) })
      #expect(try await walk(bench, limit: 3) { try $0.resources(organization: nil, $1) }.count == keys.count + 1)
    },
  ]

  /// Reads a list to its end, page by page. `addingTo` has somebody register an agreement between two pages.
  private static func walk<Item: Sendable>(
    _ bench: Bench, limit: Int, addingTo organization: OrganizationID? = nil,
    _ page: @escaping @Sendable (any Transaction, PageRequest) throws -> Page<Item>
  ) async throws -> [Item] {
    var items: [Item] = []
    var after: String?
    repeat {
      let request = PageRequest(limit: limit, after: after)
      let found = try await bench.store.read { try page($0, request) }
      #expect(found.items.count <= limit)
      items += found.items
      after = found.next
      if let organization, items.count < 12 {
        try await bench.store.write { try $0.insert(bench.samples.agreement(organization)) }
      }
    } while after != nil
    return items
  }
}
