internal import AccessControl
internal import HTTPTypes
internal import Identity
internal import OAuth
internal import Primitives
internal import Wire

/// The management API as an OpenAPI 3.1 document, made from the table of operations that also serves it.
struct OpenAPIDocument {
  private let operations: [Operation]
  private let issuer: String

  init(_ operations: [Operation], issuer: String) {
    self.operations = operations
    self.issuer = issuer
  }

  func encoded() -> [UInt8] { json.encoded() }

  var json: JSON {
    [
      "openapi": "3.1.0",
      "info": [
        "title": "Usher management API", "version": "1",
        "description":
          "Organizations, agreements, people, roles, applications and the audit trail. Tokens need the audience of this server and the scope usher:manage. Every answer names in Usher-Revision the revision of the policy it rests on; a request that names one there is answered from no earlier one, whichever instance answers.",
        "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
      ],
      "servers": [["url": .string(issuer + ManagementAPI.root)]],
      "security": [["token": [.string(Scope.manage)]]],
      "paths": .object(paths),
      "components": [
        "securitySchemes": ["token": security],
        "schemas": .object(schemas),
        "headers": [
          "Usher-Revision": [
            "description": "The revision of the policy that this answer rests on, or that this change has made.",
            "schema": ["type": "integer", "minimum": 0],
          ]
        ],
        "responses": [
          "Problem": [
            "description": "A problem document (RFC 9457).",
            "content": ["application/problem+json": ["schema": reference("Problem")]],
          ]
        ],
      ],
    ]
  }

  // MARK: operations

  private var paths: JSONObject {
    var paths = JSONObject()
    for operation in operations {
      var path = paths[operation.path]?.objectValue ?? JSONObject()
      path[operation.method.rawValue.lowercased()] = .object(describe(operation))
      paths[operation.path] = .object(path)
    }
    return paths
  }

  private func describe(_ operation: Operation) -> JSONObject {
    var described: JSONObject = [
      "operationId": .string(operation.name), "summary": .string(operation.summary), "tags": [.string(tag(of: operation))],
    ]
    switch operation.need {
    case .permission(let permission, let place):
      described["description"] = .string("Needs `\(permission.text)` \(place.phrase).")
      described["x-permission"] = .string(permission.text)
    case .anyCaller(let because): described["description"] = .string("Needs no permission. \(because)")
    }
    let parameters = places(of: operation) + operation.parameters.map(describe) + (operation.isVersioned ? [ifMatch] : [])
    if !parameters.isEmpty { described["parameters"] = .array(parameters) }
    if let body = operation.takes {
      described["requestBody"] = ["required": true, "content": ["application/json": ["schema": reference(body.name)]]]
    }
    described["responses"] = .object(answers(of: operation))
    return described
  }

  /// The first word of the path that says what it is about.
  private func tag(of operation: Operation) -> String {
    let words = operation.path.split(separator: "/").filter { !$0.hasPrefix("{") }
    let isNested = words.count > 1 && ["organizations", "partners"].contains(words[0])
    return String(isNested ? words[1] : words.first ?? "")
  }

  private func answers(of operation: Operation) -> JSONObject {
    var answers = JSONObject()
    for status in operation.statuses {
      var answer: JSONObject = [
        "description": .string(status.reasonPhrase),
        "headers": ["Usher-Revision": ["$ref": "#/components/headers/Usher-Revision"]],
      ]
      var shapes = operation.gives.map { [reference($0.name)] } ?? []
      if operation.isPlanned, status == .ok { shapes.append(reference(Management.Plan.message.name)) }
      if let shape = shapes.first {
        answer["content"] = ["application/json": ["schema": shapes.count == 1 ? shape : ["anyOf": .array(shapes)]]]
      }
      answers[String(status.code)] = .object(answer)
    }
    if operation.isPlanned, answers["200"] == nil {
      answers["200"] = [
        "description": "Nothing was changed: what it would do, where `dryRun` is `true`.",
        "headers": ["Usher-Revision": ["$ref": "#/components/headers/Usher-Revision"]],
        "content": ["application/json": ["schema": reference(Management.Plan.message.name)]],
      ]
    }
    var refusals = [400, 401, 403]
    if operation.path.contains("{") { refusals.append(404) }
    if operation.isWriting { refusals += [409, 422] }
    if operation.isVersioned || operation.isPlanned { refusals.append(412) }
    for status in refusals.sorted() { answers[String(status)] = problem }
    answers["default"] = problem
    return answers
  }

  private func places(of operation: Operation) -> [JSON] {
    operation.places.map { name in
      let schema: Schema = ["type", "action"].contains(name) ? .text(1...64) : name == "id" ? .text(1...200) : .id
      return ["name": .string(name), "in": "path", "required": true, "schema": describe(schema)]
    }
  }

  private func describe(_ parameter: Operation.Parameter) -> JSON {
    [
      "name": .string(parameter.name), "in": "query", "description": .string(parameter.about),
      "schema": describe(parameter.schema),
    ]
  }

  private var ifMatch: JSON {
    [
      "name": "If-Match", "in": "header", "schema": ["type": "string"],
      "description": "The ETag of the version that was seen, to change only that one; 412 when it is another.",
    ]
  }

  private var problem: JSON { ["$ref": "#/components/responses/Problem"] }

  private var security: JSON {
    [
      "type": "oauth2",
      "flows": [
        "clientCredentials": ["tokenUrl": .string(issuer + "/oauth/token"), "scopes": scopes],
        "authorizationCode": [
          "authorizationUrl": .string(issuer + "/oauth/authorize"), "tokenUrl": .string(issuer + "/oauth/token"),
          "scopes": scopes,
        ],
      ],
    ]
  }

  private var scopes: JSON { .object(JSONObject([(Scope.manage, JSON.string("Use the management API."))])) }

  // MARK: shapes

  private var schemas: JSONObject {
    var schemas = JSONObject()
    func add(_ schema: Schema) {
      switch schema {
      case .message(let message):
        guard schemas[message.name] == nil else { return }
        schemas[message.name] = describe(message)
        for member in message.members { add(member.schema) }
      case .list(let element, _): add(element)
      case .text, .id, .word, .flag, .integer, .openObject, .anything: break
      }
    }
    for message in operations.flatMap({ [$0.takes, $0.gives].compactMap(\.self) }) + [Problem.message, Management.Plan.message] {
      add(.message(message))
    }
    return JSONObject(schemas.members.sorted { $0.name < $1.name }.map { ($0.name, $0.value) })
  }

  private func describe(_ message: Message) -> JSON {
    var properties = JSONObject()
    for member in message.members {
      var schema = describe(member.schema)
      if member.takesNull { schema = ["anyOf": [schema, ["type": "null"]]] }
      if !member.about.isEmpty, case .object(var object) = schema {
        object["description"] = .string(member.about)
        schema = .object(object)
      }
      properties[member.name] = schema
    }
    let required = message.members.filter(\.isRequired).map { JSON.string($0.name) }
    var described: JSONObject = [
      "type": "object", "description": .string(message.about), "properties": .object(properties), "additionalProperties": false,
    ]
    if !required.isEmpty { described["required"] = .array(required) }
    return .object(described)
  }

  private func describe(_ schema: Schema) -> JSON {
    switch schema {
    case .text(let length, let format):
      var text: JSONObject = [
        "type": "string", "minLength": .integer(Int64(length.lowerBound)), "maxLength": .integer(Int64(length.upperBound)),
      ]
      if let format { text["format"] = .string(format.rawValue) }
      return .object(text)
    case .id: return ["type": "string", "pattern": "^[a-z0-9-]{1,64}$"]
    case .word(let words): return ["type": "string", "enum": .array(words.map { .string($0) })]
    case .flag: return ["type": "boolean"]
    case .integer(let range):
      return ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
    case .list(let element, let count):
      return [
        "type": "array", "items": describe(element), "minItems": .integer(Int64(count.lowerBound)),
        "maxItems": .integer(Int64(count.upperBound)),
      ]
    case .message(let message): return reference(message.name)
    case .openObject: return ["type": "object"]
    case .anything: return [:]
    }
  }

  private func reference(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }
}

extension Operation.Place {
  fileprivate var phrase: String {
    switch self {
    case .portal: "in the portal"
    case .anywhere: "in some organization"
    case .organization: "in the organization"
    case .partner: "in the partner's organization"
    case .agreement: "in the organization that signed the agreement, or for its partner where partners may"
    case .purchasingAccount: "in the organization it belongs to"
    case .application: "in the organization that owns the application, or in the portal"
    }
  }
}

extension Problem: Described {
  static let message = Message(
    "Problem", "What went wrong (RFC 9457).",
    [
      .required(
        "type", .text(1...500, .uri),
        "Names the kind and never changes, and opens as a page that explains it; `about:blank` when the status says it all."),
      .required("title", .line), .required("status", .integer(400...599)), .optional("detail", .line),
      .optional("instance", .line, "The request id."),
      .optional("errors", .list(.message(Problem.Field.message), 0...SchemaCheck.maximumFlaws)),
      .optional("plan", .message(Management.Plan.message), "What would happen now, where a plan does not hold any more."),
    ])
}

extension Problem.Field: Described {
  static let message = Message(
    "ProblemField", "One field that was not accepted.",
    [
      .required("pointer", .text(0...1_000), "A JSON Pointer into the body, or the name of a query parameter."),
      .required("code", .line, "A stable word."), .optional("detail", .line),
    ])
}
