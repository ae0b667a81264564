internal import GraphQL
internal import JSON
internal import Upstream

/// A response, written out, and what the door must know of it.
package struct GraphQLResponse: Sendable {
    /// What became of the request.
    package enum Kind: Sendable, Hashable {
        /// It was executed; `data` is there, perhaps null.
        case executed
        /// It failed before execution began: parsing, validation, the choice of operation or its variables.
        case requestError
        /// It is no GraphQL request.
        case malformed
    }

    package let kind: Kind
    /// The JSON text.
    package let body: [UInt8]

    package init(kind: Kind, body: [UInt8]) {
        self.kind = kind
        self.body = body
    }

    /// A response of errors alone.
    static func refused(_ errors: [GraphQLError], code: ErrorCode, kind: Kind = .requestError) -> GraphQLResponse {
        var output = OutputBuffer(minimumCapacity: 256)
        output.append("{\"errors\":")
        output.append(
            errorList: errors.map { error in
                var coded = error
                coded.extensions = code.extensions(error.extensions)
                return coded
            }
        )
        output.append(UInt8(ascii: "}"))
        return GraphQLResponse(kind: kind, body: output.array())
    }

    /// The answer to a body that is no GraphQL request.
    package static func malformed(_ message: String) -> GraphQLResponse {
        refused([GraphQLError(message)], code: .badUserInput, kind: .malformed)
    }
}
