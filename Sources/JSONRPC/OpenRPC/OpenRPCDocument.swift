package import GraphQL
internal import JSON

/// The OpenRPC document of the methods, for tools and people.
///
/// https://spec.open-rpc.org
package struct OpenRPCDocument: Sendable {
    /// The document as JSON.
    package let json: [UInt8]

    /// Describes the methods of a table.
    ///
    /// - Parameters:
    ///   - table: the methods.
    ///   - url: the URL of the endpoint, relative to the document.
    ///   - errorNumber: the number of each error code.
    package init(_ table: MethodTable, url: String, errorNumber: (ErrorCode) -> RPCError.Code) {
        let errors = Self.errors(errorNumber)
        let schemas = JSONSchemas(table)
        let examples = MethodExamples(table)
        let document: JSONValue = [
            "openrpc": "1.4.0",
            "info": [
                "title": .string(table.executable.schema.description?.title ?? "JSON-RPC methods"),
                "description": .string(table.executable.schema.description ?? "Methods of a GraphQL schema."),
                "version": "1.0.0",
            ],
            "servers": [["name": "gateway", "url": .string(url)]],
            "methods": .array(
                table.methods.map { Self.method($0, schemas, examples, errors) }
                    + table.subscriptions.flatMap { Self.methods($0, schemas, errors) } + Self.ownMethods
            ),
            "components": ["schemas": .object(schemas.components)],
        ]
        var output = OutputBuffer(minimumCapacity: 1 << 14)
        document.write(into: &output)
        json = output.array()
    }

    private static func method(
        _ method: RPCMethod,
        _ schemas: JSONSchemas,
        _ examples: MethodExamples,
        _ errors: [JSONValue]
    ) -> JSONValue {
        var json: JSONObject = ["name": .string(method.name)]
        if let description = method.description {
            json["summary"] = .string(description.firstLine)
            json["description"] = .string(description)
        }
        json["paramStructure"] = "either"
        json["params"] = .array(method.parameters(schemas).map(\.json))
        json["result"] = ["name": "result", "schema": schemas.output(method.field.type)]
        json["errors"] = .array(errors)
        json["examples"] = [examples.example(of: method)]
        if let reason = method.field.deprecationReason, !reason.isEmpty { json["deprecated"] = true }
        return .object(json)
    }

    /// The methods that begin and end subscriptions, which require a persistent connection.
    private static func methods(
        _ subscription: SubscriptionMethod,
        _ schemas: JSONSchemas,
        _ errors: [JSONValue]
    ) -> [JSONValue] {
        let method = subscription.method
        let name = JSONValue.string(SubscriptionMethod.parameter)
        let how = """
            Over a WebSocket or a line socket. Each event is a notification "\(subscription.notification)" with the parameters \
            `subscription` and `result`; a last one may have `error` in place of the result.
            """
        let begin: JSONValue = [
            "name": .string(method.name), "summary": .string(method.description?.firstLine ?? "Begins a subscription."),
            "description": .string([method.description, how].compactMap(\.self).joined(separator: "\n\n")),
            "paramStructure": "either", "params": .array(method.parameters(schemas).map(\.json)),
            "result": ["name": name, "schema": ["type": "string"]], "errors": .array(errors),
            "x-notification": [
                "method": .string(subscription.notification),
                "params": [
                    ["name": name, "required": true, "schema": ["type": "string"]],
                    ["name": "result", "required": false, "schema": schemas.output(method.field.type)],
                    ["name": "error", "required": false, "schema": ["type": "object"]],
                ],
            ],
        ]
        let end: JSONValue = [
            "name": .string(subscription.unsubscribe), "summary": "Ends a subscription of this connection.",
            "paramStructure": "either",
            "params": [["name": name, "required": true, "schema": ["type": "string"]]],
            "result": ["name": "ended", "description": "Whether there was one.", "schema": ["type": "boolean"]],
        ]
        return [begin, end]
    }

    /// The errors that any call can have.
    private static func errors(_ number: (ErrorCode) -> RPCError.Code) -> [JSONValue] {
        [
            ("BAD_USER_INPUT", "The parameters do not fit the method."),
            ("UNAUTHENTICATED", "The upstream requires a credential, or rejects the given one."),
            ("FORBIDDEN", "The credential does not permit this."),
            ("NOT_FOUND", "There is no such object."),
            ("RATE_LIMITED", "The budget of upstream calls is exhausted; data.retryAfter states the seconds to wait."),
            ("TOO_EXPENSIVE", "The call exceeds the limit of upstream calls."),
            ("UPSTREAM_ERROR", "The upstream failed."),
            ("UPSTREAM_TIMEOUT", "The upstream did not respond in time."),
        ].map { code, message in
            [
                "code": .integer(number(ErrorCode(code)).rawValue), "message": .string(message),
                "data": ["code": .string(code)],
            ]
        }
    }

    /// The built-in methods, which no schema declares.
    private static let ownMethods: [JSONValue] = [
        [
            "name": .string(MethodTable.execute),
            "summary": "Executes a GraphQL operation.",
            "paramStructure": "either",
            "params": [
                ["name": "query", "required": true, "schema": ["type": "string"]],
                ["name": "variables", "required": false, "schema": ["type": ["object", "null"]]],
                ["name": "operationName", "required": false, "schema": ["type": ["string", "null"]]],
                ["name": "extensions", "required": false, "schema": ["type": ["object", "null"]]],
            ],
            "result": [
                "name": "response", "description": "The GraphQL response.",
                "schema": [
                    "type": "object",
                    "properties": [
                        "data": ["anyOf": [["type": "object"], ["type": "null"]]],
                        "errors": ["type": "array", "items": ["type": "object"]], "extensions": ["type": "object"],
                    ],
                ],
            ],
            "examples": [
                [
                    "name": "typename", "params": [["name": "query", "value": "{ __typename }"]],
                    "result": ["name": "response", "value": ["data": ["__typename": "Query"]]],
                ]
            ],
        ],
        [
            "name": .string(MethodTable.quota),
            "summary": "Reports what is left of the budgets of the caller's own keys; costs no upstream call.",
            "params": [],
            "result": [
                "name": "report",
                "schema": [
                    "type": "object",
                    "properties": ["workspaces": ["type": "array", "items": ["type": "object"]]],
                ],
            ],
        ],
        [
            "name": "rpc.discover",
            "summary": "Returns this document.",
            "params": [],
            "result": ["name": "document", "schema": ["type": "object"]],
        ],
    ]
}

extension String {
    /// The text up to its first line break.
    var firstLine: String { String(prefix { !$0.isNewline }) }

    /// The first sentence without its period, shortened to its first words if it is long.
    fileprivate var title: String {
        let line = firstLine
        let sentence = line.firstRange(of: ". ").map { line[..<$0.lowerBound] } ?? line[...]
        let text = sentence.hasSuffix(".") ? sentence.dropLast() : sentence
        guard text.count > 60 else { return String(text) }
        let words = text.prefix(60)
        return "\(words[..<(words.lastIndex(of: " ") ?? words.endIndex)])…"
    }
}
