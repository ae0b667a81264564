package import GraphQL
package import JSON

/// An error response to a call: the reason why it has no result.
///
/// https://www.jsonrpc.org/specification#error_object
package struct RPCError: Error, Sendable, Hashable {
    /// The number that identifies the kind of an error.
    package struct Code: RawRepresentable, Sendable, Hashable {
        package let rawValue: Int

        package init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// The message is not JSON.
        package static let parseError = Code(rawValue: -32700)
        /// The JSON is not a request object.
        package static let invalidRequest = Code(rawValue: -32600)
        /// There is no such method.
        package static let methodNotFound = Code(rawValue: -32601)
        /// The parameters do not fit the method.
        package static let invalidParams = Code(rawValue: -32602)
        /// Internal error.
        package static let internalError = Code(rawValue: -32603)
        /// The call failed for another reason, which `data.code` states.
        package static let serverError = Code(rawValue: -32000)
    }

    /// The number that identifies the kind of the error.
    package let code: Code
    /// A description of the error, of bounded length.
    package var message: String
    /// More about the error; its member `code` is one of the error codes that GraphQL responses have.
    package var data: JSONObject
    /// The incomplete result as JSON, which becomes the member `result` of the data; nil: there is none.
    package var partialResult: [UInt8]?

    package init(_ code: Code, _ message: String, data: JSONObject = JSONObject()) {
        self.code = code
        self.message = MessageText.bounded(message)
        self.data = data
    }

    /// Makes an error whose data has one of the gateway's own codes.
    package init(_ code: Code, _ message: String, dataCode: String) {
        self.init(code, message, data: ["code": .string(dataCode)])
    }

    /// The error of a message that is JSON but no request object.
    static func invalidRequest(_ detail: String) -> RPCError {
        RPCError(
            .invalidRequest,
            "Invalid Request",
            data: ["code": .string(ErrorCode.invalidRequest.rawValue), "detail": .string(MessageText.bounded(detail))]
        )
    }

    /// The error of a message that is not JSON.
    static func parseError(_ detail: String) -> RPCError {
        RPCError(
            .parseError,
            "Parse error",
            data: ["code": .string(ErrorCode.invalidRequest.rawValue), "detail": .string(MessageText.bounded(detail))]
        )
    }

    /// The error of parameters that do not fit the method.
    package static func invalidParams(_ message: String) -> RPCError {
        RPCError(.invalidParams, message, dataCode: ErrorCode.badUserInput.rawValue)
    }

    /// The error of an unknown method; `hint` states where all methods are listed.
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

    /// Writes the member `message`, and the member `data` if there is any.
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
    /// There is no method with that name.
    package static let methodNotFound = ErrorCode("METHOD_NOT_FOUND")
}
