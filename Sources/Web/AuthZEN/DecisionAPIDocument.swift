internal import AccessControl
internal import AuthZEN
internal import Identity
internal import OAuth
internal import Primitives

/// The decision endpoints as an OpenAPI 3.1 document. The shapes are those of the Authorization API 1.0; the limits and the option `reason` are ours.
struct DecisionAPIDocument {
  /// Where it is, below the public address.
  static let path = "/access/openapi.json"

  let issuer: String

  func encoded() -> [UInt8] { json.encoded() }

  var json: JSON {
    [
      "openapi": "3.1.0",
      "info": [
        "title": "Usher decisions", "version": "1",
        "description":
          "May this person do this to that, and who may, to what, and how? The AuthZEN Authorization API 1.0. Tokens need the audience of this server and the scope usher:decide. Every answer names in Usher-Revision the revision of the policy it rests on; a request that names one there is answered from no earlier one, whichever instance answers. X-Request-ID of a request comes back with its answer.",
        "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
      ],
      "servers": [["url": .string(issuer)]],
      "security": [["token": [.string(Scope.decide)]]],
      "paths": .object(paths),
      "components": [
        "securitySchemes": ["token": security], "schemas": schemas,
        "responses": [
          "Refusal": [
            "description": "No decision was made.", "headers": ["X-Request-ID": requestID],
            "content": ["application/json": ["schema": reference("Refusal")]],
          ]
        ],
      ],
    ]
  }

  private var paths: JSONObject {
    [
      DescribeDecisionPoint.evaluationPath: operation(
        "evaluate", "Ask one question", "Question", "Decision", bytes: EvaluationLimits.questionBytes),
      DescribeDecisionPoint.evaluationsPath: operation(
        "evaluate_many", "Ask many questions at once", "Questions", "Decisions", bytes: EvaluationLimits.batchBytes),
      DescribeDecisionPoint.searchPath(.subject): operation(
        "search_subjects", "Ask who may do something", "SubjectSearch", "FoundEntities", bytes: EvaluationLimits.questionBytes),
      DescribeDecisionPoint.searchPath(.resource): operation(
        "search_resources", "Ask to what somebody may do something", "ResourceSearch", "FoundEntities",
        bytes: EvaluationLimits.questionBytes),
      DescribeDecisionPoint.searchPath(.action): operation(
        "search_actions", "Ask what somebody may do", "ActionSearch", "FoundActions", bytes: EvaluationLimits.questionBytes),
    ]
  }

  private func operation(_ name: String, _ summary: String, _ takes: String, _ gives: String, bytes: Int) -> JSON {
    let refusal: JSON = ["$ref": "#/components/responses/Refusal"]
    return [
      "post": [
        "operationId": .string(name), "summary": .string(summary),
        "description": .string(
          "The body has at most \(bytes) bytes, and arrays and objects in it stand at most \(EvaluationLimits.depth) deep."),
        "parameters": [
          [
            "name": "X-Request-ID", "in": "header", "schema": ["type": "string"],
            "description": "The caller's name for the request.",
          ],
          ["name": "Usher-Revision", "in": "header", "schema": ["type": "integer", "minimum": 0]],
        ],
        "requestBody": ["required": true, "content": ["application/json": ["schema": reference(takes)]]],
        "responses": [
          "200": [
            "description": "Answered: a no, and nothing found, are answers too.",
            "headers": ["X-Request-ID": requestID, "Usher-Revision": ["schema": ["type": "integer", "minimum": 0]]],
            "content": ["application/json": ["schema": reference(gives)]],
          ],
          "400": refusal, "401": refusal, "403": refusal, "412": refusal, "413": refusal, "503": refusal, "default": refusal,
        ],
      ]
    ]
  }

  private var requestID: JSON { ["schema": ["type": "string"]] }

  private var security: JSON {
    [
      "type": "oauth2",
      "flows": [
        "clientCredentials": [
          "tokenUrl": .string(issuer + EndpointPath.token), "scopes": .object([Scope.decide: "Ask for decisions."]),
        ]
      ],
    ]
  }

  // MARK: shapes

  private var schemas: JSON {
    .object(JSONObject((evaluationSchemas.members + searchSchemas.members).map { ($0.name, $0.value) }))
  }

  private var evaluationSchemas: JSONObject {
    let members = JSONObject([
      ("subject", reference("Entity")), ("action", reference("Action")), ("resource", reference("Entity")),
      ("context", context),
    ])
    var question = members
    question["options"] = object("What is asked for besides the decision.", ["reason": detail])
    var questions = members
    questions["evaluations"] = [
      "type": "array", "maxItems": .integer(Int64(EvaluationLimits.evaluations)), "items": reference("Item"),
      "description": .string(
        "The questions, answered in this order. Without any the request is itself the only one, and the answer is one decision. The conditions of all of them have \(ConditionLimits.requestCost) steps together; where they do not suffice the answer is no, with the reason request_too_costly."
      ),
    ]
    questions["options"] = object(
      "How they are answered.",
      [
        "evaluations_semantic": [
          "type": "string", "enum": ["execute_all", "deny_on_first_deny", "permit_on_first_permit"], "default": "execute_all",
        ], "reason": detail,
      ])
    return [
      "Question": object("One question.", question, required: ["subject", "action", "resource"]),
      "Questions": object("Many questions. What one lacks it has, as a whole, from here.", questions),
      "Item": object("One question of many.", members),
      "Entity": object(
        "Who wants to act, or what it is done to.",
        ["type": ["type": "string"], "id": ["type": "string"], "properties": properties], required: ["type", "id"]),
      "Action": object("What is to be done.", ["name": ["type": "string"], "properties": properties], required: ["name"]),
      "Decision": object(
        "An answer.", ["decision": ["type": "boolean"], "context": reference("Reason")], required: ["decision"]),
      "Decisions": [
        "description": "The answers in order, or the one answer.",
        "anyOf": [
          object(
            "The answers to as many questions as were decided.",
            ["evaluations": ["type": "array", "items": reference("Decision")]], required: ["evaluations"]), reference("Decision"),
        ],
      ],
      "Reason": object(
        "Where it was decided, and why.",
        [
          "organization": ["type": "string"], "reason": ["type": "string", "description": "A stable code."],
          "roles": ["type": "array", "items": ["type": "string"], "description": "What allows it; in full reasons."],
          "reason_user": [
            "type": "object", "additionalProperties": ["type": "string"],
            "description": "For the person, by the tag of the language; in full reasons.",
          ],
          "reason_admin": [
            "type": "object",
            "description":
              "Why, for administrators; in explained reasons, where the application holds role:view in the organization. The shape is AccessExplanation of /openapi.json.",
          ],
          "error": object(
            "Why this one of many could not be asked.", ["status": ["type": "integer"], "message": ["type": "string"]],
            required: ["status", "message"]),
        ]),
      "Refusal": object(
        "Why there is no decision.", ["error": ["type": "string"], "error_description": ["type": "string"]], required: ["error"]),
    ]
  }

  private var detail: JSON {
    [
      "type": "string", "enum": ["code", "full", "explained"], "default": "code",
      "description":
        "code: the organization and a code. full: besides, the roles that allow it, and the reason for people. explained: besides, the reason for administrators.",
    ]
  }

  private var searchSchemas: JSONObject {
    func search(_ about: String, _ members: JSONObject) -> JSON {
      var all = members
      all["context"] = context
      all["page"] = reference("PageRequest")
      return object(about, all, required: members.members.map { .string($0.name) })
    }
    func found(_ about: String, _ result: JSON) -> JSON {
      object(
        about,
        [
          "page": reference("Page"),
          "context": object(
            "Where it was searched, or why nowhere.", ["organization": ["type": "string"], "reason": ["type": "string"]]),
          "results": ["type": "array", "maxItems": .integer(Int64(EvaluationLimits.pageResults)), "items": result],
        ], required: ["page", "context", "results"])
    }
    return [
      "SubjectSearch": search(
        "Who of a type may do the action to the resource?",
        ["subject": reference("Candidates"), "action": reference("Action"), "resource": reference("Entity")]),
      "ResourceSearch": search(
        "To what of a type may the subject do the action?",
        ["subject": reference("Entity"), "action": reference("Action"), "resource": reference("Candidates")]),
      "ActionSearch": search(
        "What may the subject do to the resource?", ["subject": reference("Entity"), "resource": reference("Entity")]),
      "Candidates": object(
        "What is looked for: everything of a type. An id is ignored.", ["type": ["type": "string"], "properties": properties],
        required: ["type"]),
      "PageRequest": object(
        "Which part of what is found is asked for; nothing else of the request may change from page to page.",
        [
          "token": ["type": "string", "description": "The next_token of the page before."],
          "limit": [
            "type": "integer", "minimum": 0, "maximum": .integer(Int64(EvaluationLimits.pageResults)),
            "default": .integer(Int64(EvaluationLimits.pageResults)),
          ], "properties": ["type": "object"],
        ]),
      "Page": object(
        "Where the page stands.",
        [
          "next_token": [
            "type": "string", "description": "Empty when nothing follows. Until then a page may have few results or none.",
          ],
          "count": ["type": "integer", "minimum": 0],
        ], required: ["next_token", "count"]),
      "FoundEntities": found(
        "Subjects or resources.",
        object("One.", ["type": ["type": "string"], "id": ["type": "string"]], required: ["type", "id"])),
      "FoundActions": found("Actions.", object("One.", ["name": ["type": "string"]], required: ["name"])),
    ]
  }

  private var properties: JSON {
    [
      "type": "object", "maxProperties": .integer(Int64(EvaluationLimits.members)),
      "description": .string(
        "Whatever the application knows, in at most \(EvaluationLimits.propertyBytes) bytes; organization, where it is there, is a string."
      ),
    ]
  }

  private var context: JSON {
    var context = properties.objectValue ?? [:]
    context["properties"] = [
      "active_roles": [
        "type": "array", "maxItems": .integer(Int64(RoleActivation.maximumActive)), "items": ["type": "string"],
        "description": "The ids of the roles that are active in the session of the asking service: only these count.",
      ]
    ]
    return .object(context)
  }

  private func object(_ about: String, _ properties: JSONObject, required: [JSON] = []) -> JSON {
    var object: JSONObject = ["type": "object", "description": .string(about), "properties": .object(properties)]
    if !required.isEmpty { object["required"] = .array(required) }
    return .object(object)
  }

  private func reference(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }
}
