import Primitives
import TestKit
import Testing

@testable import AccessControl

/// A region of sites with devices, and somebody who holds a role for the region.
private struct Region {
  static let now: Int64 = 1_000

  var index: PolicyIndex

  init(sites: Int, devicesEach: Int) {
    index = PolicyIndex(seededBy: CountedRandomness())
    index.setPermission("device", "read", kinds: [1], includedIn: [])
    index.setRole("reader", owner: nil, kinds: [1], granted: [(type: "device", action: "read")])
    index.setOrganization("contoso", kind: 1, isOpen: true)
    index.setPrincipal(
      IndexedPrincipal(
        type: "user", id: "ada", organization: nil, isActive: true,
        memberships: [.init(organization: "contoso", isActive: true)],
        assignments: [.init(role: "reader", organization: "contoso", scope: (type: "region", id: "north"))]))
    index.beginLoading()
    for site in 0..<sites {
      index.setResource((type: "site", id: "\(site)"), in: "contoso", below: (type: "region", id: "north"))
      for device in 0..<devicesEach {
        index.setResource((type: "device", id: "\(site)-\(device)"), in: "contoso", below: (type: "site", id: "\(site)"))
      }
      // As many elsewhere.
      index.setResource((type: "device", id: "elsewhere-\(site)"), in: "contoso", below: (type: "region", id: "south"))
    }
    index.endLoading()
  }

  func page(after: PolicyView.Position? = nil, limit: Int, examining: Int = .max) throws -> PolicyView.Found {
    let view = index.makeView()
    func number(_ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> UInt32?, _ type: String, _ id: String) throws
      -> UInt32
    {
      try #require(Array(type.utf8).withUnsafeBytes { type in Array(id.utf8).withUnsafeBytes { body(type, $0) } })
    }
    let organization = try number({ view.organization($1) }, "", "contoso")
    let ada = try number({ view.principal($0, $1) }, "user", "ada")
    let permission = try number({ view.permission($0, $1) }, "device", "read")
    return Array("device".utf8).withUnsafeBytes {
      view.resources(
        ofType: $0, for: ada, having: permission, in: organization, at: Self.now, after: after, limit: limit,
        examining: examining)
    }
  }

  func everything(byPagesOf limit: Int) throws -> (ids: [String], read: Int) {
    var (ids, read, after): ([String], Int, PolicyView.Position?) = ([], 0, nil)
    var pages = 0
    repeat {
      let page = try page(after: after, limit: limit)
      ids += page.ids
      read += page.read
      after = page.next
      pages += 1
      try #require(pages < 1_000, "it goes round")
    } while after != nil
    return (ids, read)
  }
}

@Suite(.rule("Authorization API 1.0 §8.5")) struct SearchingBelow {
  @Test(arguments: [100, 2_000]) func `a page reads as much as is on it, however much lies below`(sites: Int) throws {
    let region = Region(sites: sites, devicesEach: 10)
    var after: PolicyView.Position?
    for _ in 0..<20 {
      let page = try region.page(after: after, limit: 10)
      #expect(page.ids.count == 10)
      #expect(page.read <= 64)
      after = page.next
    }
  }

  @Test func `all pages read everything once, and find it`() throws {
    let (ids, read) = try Region(sites: 300, devicesEach: 10).everything(byPagesOf: 1_000)
    #expect(ids.count == 3_000 && Set(ids).count == 3_000)
    #expect(!ids.contains { $0.hasPrefix("elsewhere") })
    #expect(read <= 3_000 + 3 * 64)
  }

  @Test func `what lies below moves along, and what is taken away leaves nothing`() throws {
    var region = Region(sites: 3, devicesEach: 2)
    region.index.setResource((type: "site", id: "1"), in: "contoso", below: (type: "region", id: "south"))
    #expect(try region.everything(byPagesOf: 10).ids.sorted() == ["0-0", "0-1", "2-0", "2-1"])
    region.index.setResource((type: "region", id: "south"), in: "contoso", below: (type: "region", id: "north"))
    #expect(
      try region.everything(byPagesOf: 3).ids.sorted()
        == ["0-0", "0-1", "1-0", "1-1", "2-0", "2-1", "elsewhere-0", "elsewhere-1", "elsewhere-2"])
    // A site of another organization leads nowhere.
    region.index.setResource((type: "site", id: "1"), in: "fabrikam", below: (type: "region", id: "south"))
    region.index.removeResource((type: "region", id: "south"))
    let (ids, read) = try region.everything(byPagesOf: 10)
    #expect(ids.sorted() == ["0-0", "0-1", "2-0", "2-1"])
    #expect(read == ids.count)
    for site in [0, 2] { region.index.removeResource((type: "site", id: "\(site)")) }
    #expect(try region.everything(byPagesOf: 3).ids.isEmpty)
  }

  @Test(arguments: 1...4) func `names that have the same place in the order are told once each, however long a page is`(
    limit: Int
  ) throws {
    var region = Region(sites: 0, devicesEach: 0)
    let neighbours = try Self.neighbours()
    for id in neighbours + ["1", "2", "3", "4"] {
      region.index.setResource((type: "device", id: id), in: "contoso", below: (type: "region", id: "north"))
    }
    let all = (neighbours + ["1", "2", "3", "4"]).sorted()
    #expect(try region.everything(byPagesOf: limit).ids.sorted() == all)
    // It also stops between them, and goes on behind the one that was looked at.
    var (ids, after): ([String], PolicyView.Position?) = ([], nil)
    repeat {
      let page = try region.page(after: after, limit: 6, examining: 1)
      #expect(page.ids.count <= 1)
      (ids, after) = (ids + page.ids, page.next)
    } while after != nil && ids.count < 10
    #expect(ids.sorted() == all)
  }

  /// Two ids of devices whose names have the same place; among so many there is a pair.
  private static func neighbours() throws -> [String] {
    var ids: [UInt32: String] = [:]
    for number in 10..<300_000 {
      let id = "\(number)"
      let place = Array("device".utf8).withUnsafeBytes { type in
        Array(id.utf8).withUnsafeBytes { PolicyIndex.place(of: NameKey(type: type, id: $0)) }
      }
      if let other = ids.updateValue(id, forKey: place) { return [other, id] }
    }
    return try #require(nil, "no two names have the same place")
  }
}

@Suite(.rule("Authorization API 1.0 §8.2")) struct SearchingElsewhere {
  /// Robots of an organization that this instance came to know as the first or as the last of ten.
  private func instance(knowingFirst isFirst: Bool) -> PolicyIndex {
    var index = PolicyIndex(seededBy: CountedRandomness())
    index.setPermission("device", "read", kinds: [1], includedIn: [])
    index.setRole("reader", owner: nil, kinds: [1], granted: [(type: "device", action: "read")])
    let others = (0..<9).map { "other-\($0)" }
    for organization in isFirst ? ["contoso"] + others : others + ["contoso"] {
      index.setOrganization(organization, kind: 1, isOpen: true)
    }
    for robot in 0..<50 {
      // Somebody else gives their robot of the same name a role for the same resource.
      index.setPrincipal(Self.robot(robot, of: others[0]))
      index.setPrincipal(Self.robot(robot, of: "contoso"))
    }
    return index
  }

  private static func robot(_ id: Int, of organization: String) -> IndexedPrincipal {
    IndexedPrincipal(
      type: "robot", id: "\(id)", organization: organization, isActive: true,
      memberships: [.init(organization: organization, isActive: true)],
      assignments: [.init(role: "reader", organization: organization, scope: (type: "device", id: "1"))])
  }

  @Test(arguments: [1, 2, 3, Int.max]) func `of those who are called alike in two organizations each has their own page`(
    examining: Int
  ) throws {
    let view = instance(knowingFirst: false).makeView()
    let ids = try search([view], on: "1", examining: examining)
    #expect(ids.count == 50 && Set(ids).count == 50, "\(ids)")
  }

  @Test func `what one instance began another goes on with, though organizations have other numbers there`() throws {
    let ids = try search([true, false].map { instance(knowingFirst: $0).makeView() }, on: "1", examining: .max)
    #expect(ids.count == 50 && Set(ids).count == 50, "\(ids)")
  }

  /// Every page from the next of the views.
  private func search(_ views: [PolicyView], on resource: String, examining: Int) throws -> [String] {
    var (ids, pages, after): ([String], Int, PolicyView.Position?) = ([], 0, nil)
    repeat {
      let view = views[pages % views.count]
      func number(_ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> UInt32?, _ id: String) throws -> UInt32 {
        try #require(Array("device".utf8).withUnsafeBytes { type in Array(id.utf8).withUnsafeBytes { body(type, $0) } })
      }
      let organization = try number({ view.organization($1) }, "contoso")
      let permission = try number({ view.permission($0, $1) }, "read")
      let place = try number({ view.resource($0, $1) }, resource)
      let page = Array("robot".utf8).withUnsafeBytes {
        view.subjects(
          ofType: $0, havingPermission: permission, in: organization, on: place, at: 1_000, after: after, limit: 7,
          examining: examining)
      }
      (ids, pages, after) = (ids + page.ids, pages + 1, page.next)
    } while after != nil && pages < 100
    return ids
  }
}
