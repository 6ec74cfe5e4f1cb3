internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

extension Promise {
  static let groups = [
    Promise("a group's name is taken once in an organization, however it is written, and changes from the version that was seen")
    {
      bench in
      let settled = try await bench.settle()
      let elsewhere = bench.samples.organization()
      let group = bench.samples.group(settled.organization.id, name: "Night Shift")
      try await bench.store.write { tx throws in
        try tx.insert(elsewhere)
        try tx.insert(group)
        try tx.insert(bench.samples.group(elsewhere.id, name: "Night Shift"))
      }
      await #expect(throws: StoreError.taken(.groupName)) {
        try await bench.store.write { try $0.insert(bench.samples.group(settled.organization.id, name: "night  shift")) }
      }
      var renamed = group
      renamed.name = "Day Shift"
      renamed.description = "From six to two"
      let changed = renamed
      #expect(try await bench.store.write { try $0.update(changed) })
      #expect(try await !bench.store.write { try $0.update(changed) })
      renamed.version += 1
      #expect(try await bench.store.read { try $0.group(group.id) } == renamed)
      let again = bench.samples.group(settled.organization.id, name: "Night Shift")
      try await bench.store.write { try $0.insert(again) }
      let listed = try await bench.store.read { tx throws in
        let first = try tx.groups(of: settled.organization.id, PageRequest(limit: 1))
        return try [first, tx.groups(of: settled.organization.id, PageRequest(limit: 1, after: first.next))]
      }
      #expect(listed.flatMap(\.items) == [renamed, again].sorted { $0.id < $1.id })
      #expect(listed[0].next != nil && listed[1].next == nil)
    },
    Promise("somebody belongs to a group once, and its members come in pages, each of them once") { bench in
      let settled = try await bench.settle()
      let (group, subject) = (bench.samples.group(settled.organization.id), bench.samples.subject(settled.organization.id))
      try await bench.store.write { tx throws in
        try tx.insert(bench.samples.organization(.portal))
        try tx.insert(group)
        try tx.insert(subject)
      }
      let members: [GroupMember] = [.account(settled.account.id), .application(settled.application.id), .subject(subject.id)]
      for member in members {
        let membership = bench.samples.membership(of: member, in: group)
        let added = try await atOnce(20) { _ in try await bench.store.write { try $0.seed(membership) } }
        #expect(added.count { $0 } == 1)
        #expect(try await bench.store.read { try $0.groupMemberships(of: member) } == [membership])
      }
      #expect(try await bench.store.read { try $0.memberCount(of: group.id) } == members.count)
      #expect(try await bench.store.read { try $0.memberCount(of: bench.samples.id()) } == 0)
      let pages = try await bench.store.read { tx throws in
        let first = try tx.members(of: group.id, PageRequest(limit: 2))
        return try [first, tx.members(of: group.id, PageRequest(limit: 2, after: first.next))]
      }
      #expect(pages.flatMap(\.items).map(\.member) == members)
      for member in members {
        let membership = bench.samples.membership(of: member, in: group)
        let removed = try await atOnce(20) { _ in try await bench.store.write { try $0.unseed(membership) } }
        #expect(removed.count { $0 } == 1)
        #expect(try await bench.store.read { try $0.groupMemberships(of: member) }.isEmpty)
      }
      #expect(try await bench.store.read { try $0.memberCount(of: group.id) } == 0)
    },
    Promise("what a group holds reaches its members, and nobody else") { bench in
      let settled = try await bench.settle()
      let group = bench.samples.group(settled.organization.id)
      let other = try await bench.join(settled.organization)
      let held = bench.samples.assignment(.reportViewer, of: .group(group.id), in: settled.organization.id)
      let own = bench.samples.assignment(.accountViewer, of: .account(settled.account.id), in: settled.organization.id)
      try await bench.store.write { tx throws in
        try tx.insert(group)
        try tx.seed(held)
        try tx.seed(own)
        try tx.seed(bench.samples.membership(of: .account(settled.account.id), in: group))
        #expect(try tx.roleAssignments(reaching: .account(settled.account.id)) == [held, own].sorted { $0.id < $1.id })
        #expect(try tx.roleAssignments(of: .account(settled.account.id)) == [own])
        #expect(try tx.roleAssignments(reaching: .group(group.id)) == [held])
        #expect(try tx.roleAssignments(reaching: .account(other.id)).isEmpty)
        #expect(try tx.roleAssignments(reaching: .application(settled.application.id)).isEmpty)
      }
      #expect(try await bench.store.read { try $0.uses(of: .reportViewer) } == RoleUses(assignments: 1, invitations: 0))
    },
    Promise("a group that is deleted takes along what it holds and who belongs to it, and so does whoever is in one") { bench in
      let settled = try await bench.settle()
      let organization = settled.organization.id
      let groups = [bench.samples.group(organization), bench.samples.group(organization)]
      let subject = bench.samples.subject(organization)
      let members: [GroupMember] = [.account(settled.account.id), .application(settled.application.id), .subject(subject.id)]
      let held = groups.map { bench.samples.assignment(.reportViewer, of: .group($0.id), in: organization) }
      try await bench.store.write { tx throws in
        try tx.insert(subject)
        for (group, held) in zip(groups, held) {
          try tx.insert(group)
          try tx.seed(held)
          for member in members { try tx.seed(bench.samples.membership(of: member, in: group)) }
        }
      }
      let deleted = try await atOnce(20) { _ in try await bench.store.write { try $0.unseed(groups[0]) } }
      #expect(deleted.count { $0 } == 1)
      try await bench.store.read { tx throws in
        #expect(try tx.group(groups[0].id) == nil && tx.roleAssignment(held[0].id) == nil)
        for member in members { #expect(try tx.roleAssignments(reaching: member.holder).map(\.id) == [held[1].id]) }
      }
      #expect(bench.policy.sum.groups[groups[0].id].map { $0 == nil } == true)
      #expect(bench.policy.sum.accounts[settled.account.id]??.memberships[organization]?.groups == [groups[1].id])
      #expect(try await bench.store.write { try $0.unseedMembership(settled.account.id, in: organization) })
      #expect(try await bench.store.write { try $0.unseed(settled.application) })
      #expect(try await bench.store.write { try $0.unseed(subject) })
      let left = try await bench.store.read { tx throws in
        try (tx.members(of: groups[1].id, PageRequest()).items, members.map { try tx.groupMemberships(of: $0) })
      }
      #expect(left.0.isEmpty && left.1.allSatisfy(\.isEmpty))
    },
    Promise("nobody belongs to a group of an organization where they have no place") { bench in
      let settled = try await bench.settle()
      let elsewhere = try await bench.settle()
      let group = bench.samples.group(settled.organization.id)
      let subject = bench.samples.subject(elsewhere.organization.id)
      try await bench.store.write { tx throws in
        try tx.insert(group)
        try tx.insert(subject)
      }
      for member in [GroupMember.account(elsewhere.account.id), .subject(subject.id), .account(bench.samples.id())] {
        await #expect(throws: AccessDenied.self) {
          try await bench.store.write { try $0.seed(bench.samples.membership(of: member, in: group)) }
        }
      }
      #expect(try await bench.store.read { try $0.members(of: group.id, PageRequest()).items }.isEmpty)
    },
  ]
}
