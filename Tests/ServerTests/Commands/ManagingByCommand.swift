internal import Foundation
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing
internal import Web

@testable internal import Server

@Suite struct ManagingByCommand {
  private func manage(_ arguments: [String], input: String = "", in folder: String) async throws -> CommandLineRun {
    try await CommandLineRun.usher(["manage"] + arguments, input: input, in: folder)
  }

  private func json(_ text: String) throws -> JSON { try JSON.parse(Array(text.utf8)) }

  @Test func `every operation of the management API is listed with what it takes`() async throws {
    try await inTemporaryFolder { folder in
      let run = try await manage(["--list"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      for entry in LocalManagement.entries {
        #expect(run.output.contains("\(entry.name) ") || run.output.contains("\(entry.name)\n"), "\(entry.name)")
        #expect(run.output.contains("    \(entry.summary)\n"), "\(entry.name)")
      }
      #expect(run.output.contains("\nassignRole --organization --body [--dry-run] [--plan]\n"))
      #expect(run.output.contains("\nlistMembers --organization [--limit] [--after]\n"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test func `no parameter of an operation can be taken for a setting or for an option of the command`() {
    for entry in LocalManagement.entries {
      let flags = (entry.places + entry.parameters).map { OperationArguments.flag($0) }
      #expect(Set(flags).count == flags.count, "\(entry.name)")
      for flag in flags {
        let word = String(flag.dropFirst(2))
        #expect(!ManageCommand.ownOptions.contains(word), "\(entry.name): \(flag)")
        #expect(Settings.byName[SettingName.name(flag: word[...])] == nil, "\(entry.name): \(flag)")
      }
    }
  }

  @Test func `operations are done in the name of the command, and answered in JSON`() async throws {
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder)
      let made = try await manage(["registerCustomer", "--body", "-"], input: #"{"name":"Contoso"}"#, in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let id = try #require(try json(made.output).objectValue?["id"]?.stringValue)
      try #"{"name":"Contoso Ltd"}"#.write(toFile: folder + "/change.json", atomically: true, encoding: .utf8)
      let changed = try await manage(
        ["changeOrganization", "--organization=\(id)", "--body", "change.json", "--if-match", "1"], in: folder)
      #expect(try json(changed.output).objectValue?["name"] == "Contoso Ltd", "\(changed.errors)")
      let listed = try await manage(["listMembers", "--limit", "5", "--organization", id, "--log-level", "debug"], in: folder)
      #expect(listed.status == 0 && listed.output == "{\"items\":[]}\n", "\(listed.errors)")
      let resource = ["--type", "order", "--id", "a/b"]
      let put = try await manage(
        ["registerResource", "--body", "-"] + resource, input: #"{"organization":"\#(id)"}"#, in: folder)
      #expect(put.status == 0, "\(put.errors)")
      let forgotten = try await manage(["forgetResource"] + resource, in: folder)
      #expect(forgotten.status == 0 && forgotten.output.isEmpty, "\(forgotten.errors)")
      let actors = try await installation.withFoundations { foundations in
        try await foundations.environment.store.read { tx in
          try tx.unsealedAudit(behind: try tx.auditHead(), limit: 100).filter { $0.event.hasPrefix("organization.") }.map(\.actor)
        }
      }
      #expect(actors == ["command:manage", "command:manage"])
    }
  }

  @Test func `a refusal is a problem document on standard error, and status 2`() async throws {
    try await inTemporaryFolder { folder in
      #expect(try await CommandLineRun.usher(["migrate"], in: folder).status == 0)
      for (arguments, input, status, flaws) in [
        (["registerCustomer", "--body", "-"], "{", 400, []), (["registerCustomer", "--body", "-"], "{}", 400, ["/name"]),
        (["getOrganization", "--organization", "nothing"], "", 404, []),
        (["getOrganization", "--organization", "NOT AN ID"], "", 404, []),
        (["listOrganizations", "--limit", "many"], "", 400, ["limit"]),
        (["deleteRole", "--role", "nothing", "--if-match", "3"], "", 404, []),
      ] {
        let run = try await manage(arguments, input: input, in: folder)
        #expect(run.status == 2 && run.output.isEmpty, "\(arguments): \(run.errors)")
        let problem = try json(run.errors).objectValue
        #expect(problem?["status"]?.intValue == Int64(status), "\(arguments)")
        let pointers = problem?["errors"]?.arrayValue?.compactMap { $0.objectValue?["pointer"]?.stringValue } ?? []
        #expect(pointers == flaws, "\(arguments)")
      }
    }
  }

  @Test func `a command line that cannot be meant touches nothing`() async throws {
    try await inTemporaryFolder { folder in
      for (arguments, said) in [
        ([], "Name an operation"), (["listMember", "--organization", "x"], "Did you mean listMembers?"),
        (["listMembers"], "listMembers needs --organization."),
        (["listMembers", "--organization", "x", "--organization=y"], "--organization stands there twice."),
        (["listMembers", "--organization"], "--organization needs a value."),
        (["listMembers", "--organization", "x", "--body", "-"], "takes no --body."),
        (["listMembers", "--organization", "x", "--if-match", "1"], "takes no --if-match."),
        (["registerCustomer"], "takes a --body."),
      ] {
        let run = try await manage(arguments, in: folder)
        #expect(run.status == 64 && run.errors.contains(said), "\(arguments): \(run.errors)")
      }
      let setting = try await manage(["listMembers", "--organization", "x", "--colour", "red"], in: folder)
      #expect(setting.status == 1 && setting.errors.contains("colour (the flag --colour) is not a setting"), "\(setting.errors)")
      let file = try await manage(["registerCustomer", "--body", "none.json"], in: folder)
      #expect(file.status == 1 && file.errors.contains("none.json cannot be read: there is no such file"), "\(file.errors)")
      let long = String(repeating: " ", count: 65_537)
      let large = try await manage(["registerCustomer", "--body", "-"], input: long, in: folder)
      #expect(large.status == 1 && large.errors.contains("larger than 65536 bytes"), "\(large.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test func `an operation is described as in the OpenAPI document, without a database`() async throws {
    try await inTemporaryFolder { folder in
      let address = ["--public-address", "https://usher.example", "--trusted-proxies", "127.0.0.1"]
      let run = try await manage(["assignRole", "--describe"] + address, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let document = try json(run.output).objectValue
      #expect(document?["paths"]?.objectValue?.members.count == 1)
      #expect(document?["components"]?.objectValue?["schemas"]?.objectValue?["NewRoleAssignment"] != nil)
      #expect(run.output.contains("https://usher.example/api/v1"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }
}
