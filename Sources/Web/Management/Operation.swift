internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import Primitives
internal import Wire

/// One thing the management API can do. There is no way to write one down without saying what it needs (THREATS rule 8).
struct Operation: Sendable {
  /// Who may begin it. The use case behind checks again, in the transaction that acts.
  enum Need: Sendable {
    case permission(Permission, in: Place)
    /// Whoever has a token for this API; says why that harms nobody.
    case anyCaller(because: String)
  }

  /// Where the organization comes from in which the permission is needed.
  enum Place: String, Sendable {
    case portal, anywhere
    /// What `{organization}`, `{partner}`, `{agreement}` … of the path names.
    case organization, partner, agreement
    case purchasingAccount = "purchasing_account"
    case application
  }

  /// A parameter of the query.
  struct Parameter: Sendable {
    let name: String
    let schema: Schema
    let about: String
  }

  /// What came of it.
  struct Reply: Sendable {
    var status: HTTPResponse.Status
    var body: [UInt8] = []
    var version: Int64?
    /// Where the new thing is, below the API's root.
    var location: String?
    /// The cursor of the next page.
    var next: String?
  }

  /// Its `operationId`.
  let name: String
  let method: HTTPRequest.Method
  /// Below the API's root.
  let path: String
  let summary: String
  let need: Need
  let parameters: [Parameter]
  let takes: Message?
  let gives: Message?
  /// What it answers when it went well; the first is the usual one.
  let statuses: [HTTPResponse.Status]
  /// Whether `If-Match` is honored.
  let isVersioned: Bool
  /// Whether it is only a question, though it takes a body.
  var isQuestion = false
  /// Whether it can be asked what it would do, and be told to do exactly that.
  var isPlanned = false
  /// Whether its body says many things at once and may be long: it is read only after it was settled who asks and that they may.
  var isBulk = false
  let perform: @Sendable (Call) async throws -> Reply

  /// The longest body it takes, in bytes.
  var maximumBytes: Int { isBulk ? ManagementAPI.maximumBulkBytes : ManagementAPI.maximumBytes }
  /// Whether it can change anything.
  var isWriting: Bool { method != .get && !isQuestion }
  var isList: Bool { parameters.contains { $0.name == "limit" } }
  /// What its path names, in order.
  var places: [String] { path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) } }
}

extension Operation {
  /// Shows one thing.
  static func show<Answer: Described>(
    _ path: String, _ name: String, _ summary: String, needs need: Need, query: [Parameter] = [],
    _ perform: @escaping @Sendable (Call) async throws -> Answer
  ) -> Operation {
    Operation(
      name: name, method: .get, path: path, summary: summary, need: need, parameters: query, takes: nil, gives: Answer.message,
      statuses: [.ok], isVersioned: false
    ) { call in try Reply(.ok, try await perform(call)) }
  }

  /// Shows one page of a list.
  static func list<Item: Described>(
    _ path: String, _ name: String, _ summary: String, needs need: Need, query: [Parameter] = [],
    _ perform: @escaping @Sendable (Call) async throws -> Management.Page<Item>
  ) -> Operation {
    let paging = [
      Parameter(
        name: "limit", schema: .integer(1...Int64(PageRequest.maximumLimit)), about: "How many items at most; 50 when absent."),
      Parameter(name: "after", schema: .text(1...PageRequest.maximumCursor), about: "`next` of the page before."),
    ]
    return Operation(
      name: name, method: .get, path: path, summary: summary, need: need, parameters: paging + query, takes: nil,
      gives: Management.Page<Item>.message, statuses: [.ok], isVersioned: false
    ) { call in
      let page = try await perform(call)
      var reply = try Reply(.ok, page)
      reply.next = page.next
      return reply
    }
  }

  /// Makes a new thing; `location` says where it is.
  static func create<Body: Described, Answer: Described>(
    _ path: String, _ name: String, _ summary: String, needs need: Need, at location: (@Sendable (Answer) -> String)? = nil,
    _ perform: @escaping @Sendable (Call, Body) async throws -> Answer
  ) -> Operation {
    Operation(
      name: name, method: .post, path: path, summary: summary, need: need, parameters: [], takes: Body.message,
      gives: Answer.message, statuses: [.created], isVersioned: false
    ) { call in
      let answer = try await perform(call, try Body.read(call.body))
      var reply = try Reply(.created, answer)
      reply.location = location?(answer)
      return reply
    }
  }

  /// Changes a thing, as far as the body mentions it (RFC 7396).
  static func change<Body: Described, Answer: Described>(
    _ path: String, _ name: String, _ summary: String, needs need: Need,
    _ perform: @escaping @Sendable (Call, Body) async throws -> Answer
  ) -> Operation {
    Operation(
      name: name, method: .patch, path: path, summary: summary, need: need, parameters: [], takes: Body.message,
      gives: Answer.message, statuses: [.ok], isVersioned: true
    ) { call in try Reply(.ok, try await perform(call, try Body.read(call.body))) }
  }

  /// Puts a thing of which there is nothing more to say where the path says, whether or not it was there.
  static func add<Answer: Described>(
    _ path: String, _ name: String, _ summary: String, needs need: Need,
    _ perform: @escaping @Sendable (Call) async throws -> (answer: Answer, isNew: Bool)
  ) -> Operation {
    Operation(
      name: name, method: .put, path: path, summary: summary, need: need, parameters: [], takes: nil, gives: Answer.message,
      statuses: [.ok, .created], isVersioned: false
    ) { call in
      let (answer, isNew) = try await perform(call)
      return try Reply(isNew ? .created : .ok, answer)
    }
  }

  /// Puts a thing where the path says, whether or not there was one.
  static func put<Body: Described, Answer: Described>(
    _ path: String, _ name: String, _ summary: String, needs need: Need, makesNew: Bool = false,
    _ perform: @escaping @Sendable (Call, Body) async throws -> (answer: Answer, isNew: Bool)
  ) -> Operation {
    Operation(
      name: name, method: .put, path: path, summary: summary, need: need, parameters: [], takes: Body.message,
      gives: Answer.message, statuses: makesNew ? [.ok, .created] : [.ok], isVersioned: true
    ) { call in
      let (answer, isNew) = try await perform(call, try Body.read(call.body))
      return try Reply(isNew ? .created : .ok, answer)
    }
  }

  /// Answers a question that takes a body to ask, and changes nothing.
  static func ask<Body: Described, Answer: Described>(
    _ path: String, _ name: String, _ summary: String, needs need: Need,
    _ perform: @escaping @Sendable (Call, Body) async throws -> Answer
  ) -> Operation {
    Operation(
      name: name, method: .post, path: path, summary: summary, need: need, parameters: [], takes: Body.message,
      gives: Answer.message, statuses: [.ok], isVersioned: false, isQuestion: true
    ) { call in try Reply(.ok, try await perform(call, try Body.read(call.body))) }
  }

  /// Does the many things that the body says, and shows what came of it.
  static func actInBulk<Body: Described, Answer: Described>(
    _ path: String, _ name: String, _ summary: String, needs need: Need,
    _ perform: @escaping @Sendable (Call, Body) async throws -> Answer
  ) -> Operation {
    Operation(
      name: name, method: .post, path: path, summary: summary, need: need, parameters: [], takes: Body.message,
      gives: Answer.message, statuses: [.ok], isVersioned: false, isBulk: true
    ) { call in try Reply(.ok, try await perform(call, try Body.read(call.body))) }
  }

  /// Does something to a thing, and shows what came of it.
  static func act<Answer: Described>(
    _ path: String, _ name: String, _ summary: String, needs need: Need, isVersioned: Bool = false,
    _ perform: @escaping @Sendable (Call) async throws -> Answer
  ) -> Operation {
    Operation(
      name: name, method: .post, path: path, summary: summary, need: need, parameters: [], takes: nil, gives: Answer.message,
      statuses: [.ok], isVersioned: isVersioned
    ) { call in try Reply(.ok, try await perform(call)) }
  }

  /// Does something to a thing of which there is nothing to show.
  static func act(
    _ path: String, _ name: String, _ summary: String, needs need: Need,
    _ perform: @escaping @Sendable (Call) async throws -> Void
  ) -> Operation {
    quietly(.post, path, name, summary, need, isVersioned: false, perform)
  }

  /// Takes a thing away.
  static func remove(
    _ path: String, _ name: String, _ summary: String, needs need: Need, isVersioned: Bool = false,
    _ perform: @escaping @Sendable (Call) async throws -> Void
  ) -> Operation {
    quietly(.delete, path, name, summary, need, isVersioned: isVersioned, perform)
  }

  private static func quietly(
    _ method: HTTPRequest.Method, _ path: String, _ name: String, _ summary: String, _ need: Need, isVersioned: Bool,
    _ perform: @escaping @Sendable (Call) async throws -> Void
  ) -> Operation {
    Operation(
      name: name, method: method, path: path, summary: summary, need: need, parameters: [], takes: nil, gives: nil,
      statuses: [.noContent], isVersioned: isVersioned
    ) { call in
      try await perform(call)
      return Reply(status: .noContent)
    }
  }
}

extension Operation.Reply {
  init(_ status: HTTPResponse.Status, _ answer: some Described) throws {
    self.init(status: status, body: try WireJSON.encode(answer), version: answer.countedVersion)
  }
}
