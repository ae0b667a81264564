internal import GraphQL
internal import JSON
package import JSONRPC

/// The outcome of a JSON-RPC call.
package enum RPCOutcome: Sendable {
    /// The result as JSON.
    case result([UInt8])
    case failed(RPCError)

    /// The outcome of a method's operation: its value, or an error with all errors and the partial value; nil if the value has more bytes
    /// than are given.
    ///
    /// - Parameters:
    ///   - executed: the execution.
    ///   - service: the service with the limits.
    ///   - reference: the reference of internal errors; nil: none.
    ///   - maximumBytes: the most bytes of the value that are written, if the limits of responses allow more.
    init?(
        _ executed: ExecutedOperation,
        service: GatewayService,
        reference: ErrorReference?,
        maximumBytes: Int = .max
    ) {
        var output = OutputBuffer(minimumCapacity: 4096)
        let errors: [GraphQLError]
        var limits = service.responseLimits(until: executed.deadline)
        let isCut = maximumBytes < limits.maximumBytes
        if isCut { limits.maximumBytes = maximumBytes }
        do {
            errors = try executed.execution.writeRootField(into: &output, limits: limits, codes: .gateway(reference))
        } catch {
            if isCut, error == .tooLarge { return nil }
            self = .failed(RPCError([service.limits.error(error)]))
            return
        }
        let value = output.array()
        guard !errors.isEmpty else {
            self = .result(value)
            return
        }
        var error = RPCError(errors.map { $0.withoutResponseKey })
        if value != Self.null { error.partialResult = value }
        self = .failed(error)
    }

    /// The outcome of a call whose result is a GraphQL response.
    ///
    /// - Parameters:
    ///   - response: the response.
    ///   - needsData: whether a response with errors is a failure if it has no data, or if each field of its data is null.
    init(_ response: GraphQLResponse, needsData: Bool) {
        let errors = response.failure.isEmpty ? response.errorsOfNulls : response.failure
        guard needsData, !errors.isEmpty else {
            self = .result(response.body)
            return
        }
        self = .failed(RPCError(withoutData: errors))
    }

    private static let null = Array("null".utf8)
}

extension RPCError {
    /// The error of a call whose operation has errors: the first one; if there are several, its data has all of them.
    init(_ errors: [GraphQLError], defaultCode: String = "INTERNAL") {
        let first = errors.first ?? GraphQLError("The call failed.")
        var data = JSONObject()
        data["code"] = first.extensions["code"] ?? .string(defaultCode)
        if let path = first.path { data["path"] = .array(path.map(\.json)) }
        for (name, value) in first.extensions where name != "code" { data[name] = value }
        if errors.count > 1 { data["errors"] = .array(errors.map(\.json)) }
        self.init(
            ErrorCode(data["code"]?.stringValue ?? defaultCode).rpcCode,
            first.message.speakingOfParameters,
            data: data
        )
    }
}

extension RPCError {
    /// The error of an operation that has no data.
    init(withoutData errors: [GraphQLError]) {
        let code = errors.first?.extensions["code"] ?? .string(ErrorCode.internal.rawValue)
        self.init(
            ErrorCode(code.stringValue ?? ErrorCode.internal.rawValue).rpcCode,
            errors.first?.message ?? "The operation was not executed.",
            data: ["code": code, "errors": .array(errors.map(\.json))]
        )
    }
}

extension GraphQLError {
    /// The error with a path relative to the method's result.
    fileprivate var withoutResponseKey: GraphQLError {
        var error = self
        error.locations = []
        error.path = path.map { Array($0.dropFirst()) }
        return error
    }
}

extension String {
    /// The message with the word "Parameter" for the operation's variables, as which the caller knows them.
    fileprivate var speakingOfParameters: String {
        let start = "Variable \"$"
        return hasPrefix(start) ? "Parameter \"" + dropFirst(start.count) : self
    }
}
