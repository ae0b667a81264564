internal import GraphQL
internal import JSON
internal import JSONRPC
internal import Upstream

/// A request with a known protocol revision; makes responses in the format of that revision.
struct MCPExchange: Sendable {
    let request: RPCCall
    let id: RPCID
    let revision: MCPRevision

    /// The time for which clients may cache results that only change when the gateway is restarted.
    private static let lifetimeMilliseconds = 300_000

    /// The response with a protocol error.
    func error(_ error: RPCError) -> MCPResponse {
        var error = error
        // In MCP this number means that there is no such resource, so other errors do not have it.
        if error.code == Self.resourceNotFound, error.data["code"] != .string(ErrorCode.notFound.rawValue) {
            error = RPCError(.serverError, error.message, data: error.data)
        }
        return .error(error, status: revision.status(of: error), id: id)
    }

    /// The response with a result's members, and for how long it may be cached.
    ///
    /// - Parameters:
    ///   - members: the members.
    ///   - cacheScope: who may cache it, `public` or `private`; nil: it is not stated.
    ///   - lifetime: for how long, in milliseconds.
    /// - Returns: the response.
    func reply(
        _ members: JSONObject,
        cacheScope: String? = nil,
        lifetime: Int = Self.lifetimeMilliseconds
    ) -> MCPResponse {
        var members = members
        if revision.isStateless {
            members["resultType"] = "complete"
            if let cacheScope {
                members["ttlMs"] = .integer(lifetime)
                members["cacheScope"] = .string(cacheScope)
            }
        }
        return .result(JSONValue.object(members).serialized(), id: id)
    }

    /// The response with a complete list: there are no pages, so no cursor is valid.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/pagination#error-handling
    ///
    /// - Parameters:
    ///   - name: the member of the result that has the list.
    ///   - elements: the list.
    ///   - isPublic: whether the list is the same for all callers.
    /// - Returns: the response.
    /// - Throws: the error for a request with a cursor.
    func reply(list name: String, _ elements: JSONValue, isPublic: Bool) throws(RPCError) -> MCPResponse {
        if let cursor = request.members["cursor"], !cursor.isNull {
            throw .invalidParams("There is no page at this cursor: the list is whole without one.")
        }
        return reply([name: elements], cacheScope: isPublic ? "public" : "private")
    }

    /// The response with the outcome of a tool call.
    func reply(_ result: RPCCallResult, wraps: Bool) -> MCPResponse {
        switch result.outcome {
        case .failed(let error):
            return reply(failure: error, metadata: result.metadata)
        case .result(let text):
            var response = reply(result: text, wraps: wraps, metadata: result.metadata)
            response.reuse = result.reuse
            return response
        }
    }

    /// The response with a tool's result, as text for models and as structured content for programs.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/server/tools#structured-content
    func reply(result text: [UInt8], wraps: Bool, metadata: JSONObject? = nil) -> MCPResponse {
        var output = OutputBuffer(minimumCapacity: text.count * 2 + 256)
        begin(&output, text: text)
        output.append("false,\"structuredContent\":")
        if wraps { output.append("{\"result\":") }
        output.append(contentsOf: text)
        if wraps { output.append("}") }
        end(&output, metadata)
        return .result(output.array(), id: id)
    }

    /// The response with the error of a tool, as a result that the model can read.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/server/tools#error-handling
    func reply(failure error: RPCError, metadata: JSONObject? = nil) -> MCPResponse {
        var members = OutputBuffer(minimumCapacity: 256)
        members.append("{")
        error.writeMembers(into: &members)
        members.append("}")
        let text = members.array()
        var output = OutputBuffer(minimumCapacity: text.count * 2 + 256)
        begin(&output, text: text)
        output.append("true")
        end(&output, metadata)
        return .result(output.array(), id: id)
    }

    /// Writes the end of a result, with its `_meta`.
    private func end(_ output: inout OutputBuffer, _ metadata: JSONObject?) {
        if let metadata {
            output.append(",\"_meta\":")
            JSONValue.object(metadata).write(into: &output)
        }
        output.append("}")
    }

    /// The response with the content of a resource, or with the error that prevents it.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/server/resources#reading-resources
    func reply(_ result: RPCCallResult, uri: String) -> MCPResponse {
        if let error = error(of: result.outcome, uri: uri) { return self.error(error) }
        guard case .result(let text) = result.outcome else { return reply(JSONObject()) }
        var members: JSONObject = [
            "contents": [
                [
                    "uri": .string(uri), "mimeType": .string(MCPResourceTemplate.mediaType),
                    "text": .string(String(decoding: text, as: UTF8.self)),
                ]
            ]
        ]
        if let metadata = result.metadata { members["_meta"] = .object(metadata) }
        // https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/caching#cacheable-results
        let timeLeft = result.reuse?.validity.timeLeft ?? .zero
        return reply(members, cacheScope: "private", lifetime: max(0, timeLeft.wholeMilliseconds))
    }

    /// The error that prevents reading a resource; nil: there is none.
    func error(of outcome: RPCOutcome, uri: String) -> RPCError? {
        switch outcome {
        case .failed(let error): error
        case .result(let text): text == Array("null".utf8) ? noResource(uri) : nil
        }
    }

    /// The error for a URI that is not that of a resource.
    ///
    /// https://modelcontextprotocol.io/seps/2164-resource-not-found-error
    func noResource(_ uri: String) -> RPCError {
        RPCError(
            revision.isStateless ? .invalidParams : Self.resourceNotFound,
            "There is no resource \(uri).",
            data: ["code": .string(ErrorCode.notFound.rawValue), "uri": .string(MessageText.bounded(uri))]
        )
    }

    /// The error code for unknown resources in revisions with a handshake.
    private static let resourceNotFound = RPCError.Code(rawValue: -32002)

    /// Writes the beginning of a result, up to the value of `isError`.
    private func begin(_ output: inout OutputBuffer, text: [UInt8]) {
        output.append("{")
        if revision.isStateless { output.append("\"resultType\":\"complete\",") }
        output.append("\"content\":[{\"type\":\"text\",\"text\":")
        output.appendJSONString(utf8: text.span)
        output.append("}],\"isError\":")
    }
}

extension RPCCallResult {
    /// The `_meta` of a result: the calls that it took and saved, and whether it was replayed for an idempotency key.
    fileprivate var metadata: JSONObject? {
        var members = JSONObject()
        if let callUse { members["calls"] = .object(callUse) }
        if isReplayed { members["idempotentReplayed"] = true }
        return members.isEmpty ? nil : members
    }
}
