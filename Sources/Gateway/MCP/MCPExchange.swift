internal import GraphQL
internal import JSON
internal import JSONRPC
internal import Upstream

/// A request whose revision is known, with the response format of that revision.
struct MCPExchange: Sendable {
    let request: RPCCall
    let id: RPCID
    let revision: MCPRevision

    /// For how long clients may keep what is the same for everybody until the gateway starts anew.
    private static let lifetimeMilliseconds = 300_000

    /// The response with an error of the protocol.
    func error(_ error: RPCError) -> MCPResponse {
        var error = error
        // The number says that there is no such resource, and nothing else here.
        if error.code == Self.resourceNotFound, error.data["code"] != .string(ErrorCode.notFound.rawValue) {
            error = RPCError(.serverError, error.message, data: error.data)
        }
        return .error(error, status: revision.status(of: error), id: id)
    }

    /// The response with a result's members, which caches of some scope may keep.
    ///
    /// - Parameters:
    ///   - members: the members.
    ///   - cacheScope: who may keep them, `public` or `private`; nil: nothing is said of that.
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

    /// The response with a list, which is whole: no page follows, so that there is no cursor which a request could name.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/pagination#error-handling
    ///
    /// - Parameters:
    ///   - name: the list's name.
    ///   - elements: the list.
    ///   - isPublic: whether it is the same for everybody.
    /// - Returns: the response.
    /// - Throws: that the request names a page.
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

    /// The response with what a tool has found: for models as text, and for programs as it is.
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

    /// The response with why a tool has failed, so that the model can do better.
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

    /// Writes the end of a result, with what is said of the call.
    private func end(_ output: inout OutputBuffer, _ metadata: JSONObject?) {
        if let metadata {
            output.append(",\"_meta\":")
            JSONValue.object(metadata).write(into: &output)
        }
        output.append("}")
    }

    /// The response with a resource.
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

    /// Why a resource cannot be read; nil: it can.
    func error(of outcome: RPCOutcome, uri: String) -> RPCError? {
        switch outcome {
        case .failed(let error): error
        case .result(let text): text == Array("null".utf8) ? noResource(uri) : nil
        }
    }

    /// The error for a URI that is that of no resource.
    ///
    /// https://modelcontextprotocol.io/seps/2164-resource-not-found-error
    func noResource(_ uri: String) -> RPCError {
        RPCError(
            revision.isStateless ? .invalidParams : Self.resourceNotFound,
            "There is no resource \(uri).",
            data: ["code": .string(ErrorCode.notFound.rawValue), "uri": .string(MessageText.bounded(uri))]
        )
    }

    /// The number of the error in revisions with a handshake.
    private static let resourceNotFound = RPCError.Code(rawValue: -32002)

    /// Writes a result up to whether it is an error.
    private func begin(_ output: inout OutputBuffer, text: [UInt8]) {
        output.append("{")
        if revision.isStateless { output.append("\"resultType\":\"complete\",") }
        output.append("\"content\":[{\"type\":\"text\",\"text\":")
        output.appendJSONString(utf8: text.span)
        output.append("}],\"isError\":")
    }
}

extension RPCCallResult {
    /// What is said of the call beside its result: what it has spent and saved, and whether an equal call before has carried it out.
    fileprivate var metadata: JSONObject? {
        var members = JSONObject()
        if let callUse { members["calls"] = .object(callUse) }
        if isReplayed { members["idempotentReplayed"] = true }
        return members.isEmpty ? nil : members
    }
}
