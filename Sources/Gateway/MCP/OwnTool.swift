internal import JSON

/// A tool that the gateway itself provides.
enum OwnTool: String, CaseIterable {
    case search
    case explain
    case execute = "graphql.execute"

    /// The tools as they are listed.
    ///
    /// - Parameter isDescribed: whether callers may see the schema.
    /// - Returns: the tools, in their order.
    static func all(isDescribed: Bool) -> [MCPTool] {
        allCases.filter { isDescribed || $0 != .search }.map(\.described)
    }

    private var described: MCPTool {
        switch self {
        case .search:
            MCPTool(
                name: rawValue,
                title: "Search the schema",
                description: """
                    Finds types and fields of the GraphQL schema by words, for graphql_execute and for the argument select. \
                    Costs no upstream call.
                    """,
                inputSchema: [
                    "type": "object",
                    "properties": ["words": ["type": "string", "description": "Such as \"issue due date\"."]],
                    "required": ["words"],
                ],
                outputSchema: Self.object(["matches": ["type": "array", "items": ["type": "object"]]]),
                effect: .reads
            )
        case .explain:
            MCPTool(
                name: rawValue,
                title: "Explain the cost",
                description: """
                    States how many upstream calls a GraphQL operation can take, and for which fields, without executing it. \
                    Costs no upstream call.
                    """,
                inputSchema: Self.operation,
                outputSchema: Self.object(["estimated": ["type": "object"], "exceeds": ["type": "boolean"]]),
                effect: .reads
            )
        case .execute:
            MCPTool(
                name: rawValue,
                title: "Execute GraphQL",
                description: """
                    Executes a GraphQL operation, for what the other tools cannot do in one call. Use search to learn the \
                    types, and explain to learn the cost.
                    """,
                inputSchema: Self.operation,
                outputSchema: ["type": "object"],
                effect: .any
            )
        }
    }

    private static let operation: JSONObject = [
        "type": "object",
        "properties": [
            "query": ["type": "string", "description": "The document."], "variables": ["type": "object"],
            "operationName": ["type": "string"],
        ],
        "required": ["query"],
    ]

    private static func object(_ properties: JSONObject) -> JSONObject {
        ["type": "object", "properties": .object(properties), "required": .array(properties.keys.map { .string($0) })]
    }
}
