internal import HTTPTypes
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing
internal import Wire

@testable internal import Web

/// Whatever bound the OpenAPI document names for a request holds over HTTP, for every operation there is: nobody has to think of a new one.
@Suite(.threat("HTP4")) struct BoundsOfRequests {
  @Test func `every bound of every body is kept to, and what is a step past it is refused with its place and the bound`()
    async throws
  {
    let test = try await ManagementWorld()
    let names = try await test.names()
    for operation in OperationTable.operations {
      guard let message = operation.takes else { continue }
      for edge in Edge.all(of: .message(message)) {
        try await hold(edge, of: operation) { body in try await send(operation, names, test, body: body) }
      }
    }
  }

  @Test func `every bound of every parameter of a query is kept to, and what is a step past it is refused likewise`() async throws
  {
    let test = try await ManagementWorld()
    let names = try await test.names()
    for operation in OperationTable.operations {
      for parameter in operation.parameters {
        for edge in Edge.all(of: parameter.schema) {
          try await hold(edge, of: operation, at: parameter.name) { value in
            let text = value.stringValue ?? value.text
            let body = operation.takes.map { Edge.smallest(of: .message($0)) }
            return try await send(operation, names, test, body: body, query: "?\(parameter.name)=\(text)")
          }
        }
      }
    }
  }

  /// - Parameter name: of the parameter whose bound it is; of a body where there is none.
  private func hold(
    _ edge: Edge, of operation: Operation, at name: String = "", _ send: (JSON) async throws -> ManagementWorld.Reply
  ) async throws {
    let place = "\(operation.name) \(name)\(edge.pointer)"
    let flaw = "\(name)\(edge.pointer) \(edge.code)"
    let refused = try await send(edge.refused)
    #expect(refused.status == 400 && refused.problem == "malformed-request", "\(place)")
    #expect(refused.flaws == [flaw], "\(place)")
    #expect(refused["errors", "0", "detail"]?.stringValue == edge.detail, "\(place)")
    // What it means is another question: there is no such role, no such agreement. Its size is nobody's complaint.
    let taken = try await send(edge.taken)
    #expect(taken.status < 500 && taken.status != 413, "\(place)")
    #expect(taken.status != 400 || !taken.flaws.contains(flaw), "\(place)")
  }

  private func send(
    _ operation: Operation, _ names: [String: String], _ test: ManagementWorld, body: JSON?, query: String = ""
  ) async throws -> ManagementWorld.Reply {
    try await test.call(operation.method.rawValue, operation.path(names) + query, as: test.operatorOfPortal, body: body)
  }
}
