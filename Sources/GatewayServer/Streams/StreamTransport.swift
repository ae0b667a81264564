internal import Gateway
private import NIOHTTP1

/// How the results of an operation are sent one after the other in one response.
protocol StreamTransport: Sendable {
    /// The value of `Content-Type`.
    var contentType: String { get }

    /// The bytes before the first result.
    var start: [UInt8] { get }

    /// The bytes of one result.
    func part(_ result: [UInt8]) -> [UInt8]

    /// The bytes of a result that says why there are no more.
    ///
    /// - Parameters:
    ///   - result: the result.
    ///   - errors: its errors, as a JSON array.
    /// - Returns: the bytes.
    func failure(_ result: [UInt8], errors: [UInt8]) -> [UInt8]

    /// The bytes by which the client sees that the connection lives.
    var heartbeat: [UInt8] { get }

    /// The bytes after the last result, where there are no more: without them the client connects again.
    var end: [UInt8] { get }
}

extension StreamTransport {
    /// A result as every other one.
    func failure(_ result: [UInt8], errors: [UInt8]) -> [UInt8] { part(result) }

    /// The response that carries results.
    ///
    /// - Parameters:
    ///   - stream: the results.
    ///   - isAllowed: whether the client may have them at this time: without that they end.
    /// - Returns: the response.
    func response(_ stream: ResultStream, while isAllowed: @escaping @Sendable () -> Bool) -> HTTPResponse {
        response { writer in
            // A client that has gone by now is noticed with the first result.
            try? await writer.write(start)
            let end = await stream.run(hasHeartbeats: true) { item in
                guard isAllowed() else { throw CancellationError() }
                switch item {
                case .result(let result): try await writer.write(part(result.body))
                case .failure(let result):
                    try await writer.write(failure(result.body, errors: result.failureList))
                case .heartbeat: try await writer.write(heartbeat)
                }
            }
            if end == .dropped { try? await writer.write(self.end) }
        }
    }

    /// The response that carries one result.
    func response(_ result: GraphQLResponse) -> HTTPResponse { response(only: part(result.body)) }

    /// The response to a subscription that does not begin: its result, if it has one, or else why there is none.
    func response(refusing result: GraphQLResponse) -> HTTPResponse {
        let isResult = result.kind == .executed
        return response(only: isResult ? part(result.body) : failure(result.body, errors: result.failureList))
    }

    /// The response that carries a result as the only message of one in parts.
    func response(onlyMessage result: GraphQLResponse) -> HTTPResponse { response(only: part(result.onlyMessage)) }

    private func response(only part: [UInt8]) -> HTTPResponse {
        response { writer in try? await writer.write(start + part + end) }
    }

    /// The response that carries the messages of one in parts.
    func response(_ delivery: IncrementalDelivery, as format: IncrementalFormat) -> HTTPResponse {
        var response = response { writer in
            // A client that has gone by now is noticed with the first message.
            try? await writer.write(start)
            let isComplete = await delivery.deliver(as: format) { message in try await writer.write(part(message)) }
            if isComplete { try? await writer.write(end) }
        }
        response.waitsWithBody = true
        return response
    }

    func response(_ produce: @escaping @Sendable (BodyWriter) async -> Void) -> HTTPResponse {
        var response = HTTPResponse(status: .ok, contentType: contentType, stream: BodyStream(produce: produce))
        response.headers.append((name: "cache-control", value: "no-store"))
        // Reverse proxies of the nginx kind would hold back what comes until there is more.
        response.headers.append((name: "x-accel-buffering", value: "no"))
        response.vary = .caller
        return response
    }
}
