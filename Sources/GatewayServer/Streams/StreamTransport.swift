internal import Gateway
private import NIOHTTP1

/// A format for sending the results of an operation one after the other in one response.
protocol StreamTransport: Sendable {
    /// The value of `Content-Type`.
    var contentType: String { get }

    /// The bytes before the first result.
    var start: [UInt8] { get }

    /// The bytes of one result.
    func part(_ result: [UInt8]) -> [UInt8]

    /// The bytes of the last result, which has the error that ends the stream.
    ///
    /// - Parameters:
    ///   - result: the result.
    ///   - errors: its errors, as a JSON array.
    /// - Returns: the bytes.
    func failure(_ result: [UInt8], errors: [UInt8]) -> [UInt8]

    /// The bytes of a keep-alive message.
    var heartbeat: [UInt8] { get }

    /// The bytes after the last result; without them the client connects again.
    var end: [UInt8] { get }
}

extension StreamTransport {
    /// The bytes of a result like any other.
    func failure(_ result: [UInt8], errors: [UInt8]) -> [UInt8] { part(result) }

    /// The response with a stream of results.
    ///
    /// - Parameters:
    ///   - stream: the results.
    ///   - isAllowed: returns whether the client is still authorized; if not, the stream ends.
    /// - Returns: the response.
    func response(_ stream: ResultStream, while isAllowed: @escaping @Sendable () -> Bool) -> HTTPResponse {
        response { writer in
            // If the client has left, the first result fails.
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

    /// The response with a single result.
    func response(_ result: GraphQLResponse) -> HTTPResponse { response(only: part(result.body)) }

    /// The response to a refused subscription: its result if it was executed, else its errors.
    func response(refusing result: GraphQLResponse) -> HTTPResponse {
        let isResult = result.kind == .executed
        return response(only: isResult ? part(result.body) : failure(result.body, errors: result.failureList))
    }

    /// The response with a result as the only message of a response in parts.
    func response(onlyMessage result: GraphQLResponse) -> HTTPResponse { response(only: part(result.onlyMessage)) }

    private func response(only part: [UInt8]) -> HTTPResponse {
        response { writer in try? await writer.write(start + part + end) }
    }

    /// The response with the messages of a response in parts.
    func response(_ delivery: IncrementalDelivery, as format: IncrementalFormat) -> HTTPResponse {
        var response = response { writer in
            // If the client has left, the first message fails.
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
        // Reverse proxies such as nginx would buffer the parts.
        response.headers.append((name: "x-accel-buffering", value: "no"))
        response.vary = .caller
        return response
    }
}
