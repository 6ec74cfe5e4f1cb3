internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing
internal import Wire

@testable internal import Web

@Suite struct TheTableOfOperations {
  @Test func `every operation says what it needs, and the table has no flaw`() {
    #expect(OperationTable.flaws(OperationTable.operations).isEmpty)
    #expect(OperationTable.operations.count > 50)
    for operation in OperationTable.operations where operation.isWriting {
      guard case .permission = operation.need else {
        Issue.record("\(operation.name) changes something and needs no permission")
        continue
      }
    }
  }

  @Test func `an operation that needs an unknown permission, names no place or stands twice is a flaw`() {
    func operation(_ name: String, _ path: String, _ need: Operation.Need) -> Operation {
      .act(path, name, "", needs: need) { _ in }
    }
    #expect(OperationTable.flaws([operation("a", "/a", .permission(Permission("moon", "sell"), in: .portal))]).count == 1)
    #expect(OperationTable.flaws([operation("a", "/a", .permission(.userView, in: .organization))]).count == 1)
    #expect(OperationTable.flaws([operation("a", "/a", .anyCaller(because: "it is harmless"))]).count == 1)
    let twice = operation("a", "/a", .permission(.userView, in: .portal))
    #expect(OperationTable.flaws([twice, twice]).count == 2)
  }

  @Test(.threat("LOG3")) func `no operation changes or takes away what the audit trail tells`() {
    let told = OperationTable.operations.filter { "\($0.path)".contains("audit") || "\($0.path)".contains("failure-counts") }
    #expect(told.count == 3 && told.allSatisfy { !$0.isWriting })
  }

  @Test(.threat("PWD14")) func `no operation takes a password, and none gives one`() {
    func names(_ schema: Schema) -> [String] {
      switch schema {
      case .message(let message): message.members.flatMap { [$0.name] + names($0.schema) }
      case .list(let element, _): names(element)
      default: []
      }
    }
    for operation in OperationTable.operations {
      let members = [operation.takes, operation.gives].compactMap(\.self).flatMap { names(.message($0)) }
      #expect(!members.contains { $0.contains("password") }, "\(operation.name)")
    }
  }

  @Test func `no operation changes or removes an audit entry`() {
    #expect(!OperationTable.operations.contains { $0.isWriting && $0.path.contains("audit") })
  }
}
