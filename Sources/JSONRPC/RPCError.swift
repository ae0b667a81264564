package import JSON

/// An error object of a response.
///
/// https://www.jsonrpc.org/specification#error_object
package struct RPCError: Error, Sendable, Hashable {
    package var code: Int
    package var message: String
    /// Left out of the response if nil.
    package var data: JSONValue?

    package init(code: Int, message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// The message is no JSON.
    package static func parseError(_ detail: String) -> RPCError { refusal(-32700, "Parse error", detail) }

    /// The JSON is no request.
    package static func invalidRequest(_ detail: String) -> RPCError { refusal(-32600, "Invalid Request", detail) }

    /// There is no method of that name.
    package static func methodNotFound(_ detail: String) -> RPCError { refusal(-32601, "Method not found", detail) }

    /// The parameters do not fit the method.
    package static func invalidParams(_ detail: String) -> RPCError { refusal(-32602, "Invalid params", detail) }

    private static func refusal(_ code: Int, _ message: String, _ detail: String) -> RPCError {
        RPCError(code: code, message: message, data: ["code": "BAD_USER_INPUT", "detail": .string(detail)])
    }
}
