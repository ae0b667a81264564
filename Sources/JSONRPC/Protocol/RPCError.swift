package import GraphQL
package import JSON

/// Why a call has no result.
///
/// https://www.jsonrpc.org/specification#error_object
package struct RPCError: Error, Sendable, Hashable {
    /// The number of an error's kind.
    package struct Code: RawRepresentable, Sendable, Hashable {
        package let rawValue: Int

        package init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// The message is not JSON.
        package static let parseError = Code(rawValue: -32700)
        /// The JSON is no request.
        package static let invalidRequest = Code(rawValue: -32600)
        /// There is no such method.
        package static let methodNotFound = Code(rawValue: -32601)
        /// The parameters do not fit the method.
        package static let invalidParams = Code(rawValue: -32602)
        /// Internal error.
        package static let internalError = Code(rawValue: -32603)
        /// The call failed in another way; `data.code` states which.
        package static let serverError = Code(rawValue: -32000)
    }

    package let code: Code
    /// What is wrong; not long, whatever it quotes.
    package var message: String
    /// More about the error; its member `code` is one of the codes that GraphQL's errors have.
    package var data: JSONObject
    /// The part of the result that there is, as JSON: the member `result` of the data; nil: there is none.
    package var partialResult: [UInt8]?

    package init(_ code: Code, _ message: String, data: JSONObject = JSONObject()) {
        self.code = code
        self.message = MessageText.bounded(message)
        self.data = data
    }

    /// An error with a code of the gateway's own table in its data.
    package init(_ code: Code, _ message: String, dataCode: String) {
        self.init(code, message, data: ["code": .string(dataCode)])
    }

    /// The JSON is no request.
    static func invalidRequest(_ detail: String) -> RPCError {
        RPCError(
            .invalidRequest,
            "Invalid Request",
            data: ["code": .string(ErrorCode.invalidRequest.rawValue), "detail": .string(MessageText.bounded(detail))]
        )
    }

    /// The message is not JSON.
    static func parseError(_ detail: String) -> RPCError {
        RPCError(
            .parseError,
            "Parse error",
            data: ["code": .string(ErrorCode.invalidRequest.rawValue), "detail": .string(MessageText.bounded(detail))]
        )
    }

    /// The parameters do not fit the method.
    package static func invalidParams(_ message: String) -> RPCError {
        RPCError(.invalidParams, message, dataCode: ErrorCode.badUserInput.rawValue)
    }

    /// There is no such method; `hint` says where all are listed.
    package static func methodNotFound(_ name: String, hint: String = "") -> RPCError {
        let detail = "There is no method \"\(name)\"\(hint)."
        return RPCError(
            .methodNotFound,
            "Method not found",
            data: ["code": .string(ErrorCode.methodNotFound.rawValue), "detail": .string(MessageText.bounded(detail))]
        )
    }

    /// Writes the error as JSON.
    package func write(into output: inout OutputBuffer) {
        output.append("{\"code\":")
        output.append(integer: code.rawValue)
        output.append(",")
        writeMembers(into: &output)
        output.append("}")
    }

    /// Writes the members `message` and, if there is more about the error, `data`.
    package func writeMembers(into output: inout OutputBuffer) {
        output.append("\"message\":")
        output.appendJSONString(message)
        guard !data.isEmpty || partialResult != nil else { return }
        output.append(",\"data\":{")
        var isFirst = true
        for (name, value) in data {
            if !isFirst { output.append(",") }
            isFirst = false
            output.appendJSONString(name)
            output.append(":")
            value.write(into: &output)
        }
        if let partialResult {
            output.append(isFirst ? "\"result\":" : ",\"result\":")
            output.append(contentsOf: partialResult)
        }
        output.append("}")
    }
}

extension ErrorCode {
    /// The message is no JSON-RPC request.
    package static let invalidRequest = ErrorCode("BAD_REQUEST")
    /// There is no method of that name.
    package static let methodNotFound = ErrorCode("METHOD_NOT_FOUND")
}
