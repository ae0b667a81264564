internal import GraphQL

/// The credential that a client request spends upstream. It shows nowhere: not in errors, logs or descriptions.
package struct Credential: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The value of the header `Authorization`; nil: none is sent.
    let authorization: String?

    package init(authorization: String?) {
        self.authorization = authorization
    }

    package var description: String { authorization == nil ? "no credential" : "a credential" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// One upstream: its base URL, its conventions and the transport that reaches it.
package struct UpstreamClient: Sendable {
    private let baseURL: String
    private let transport: any Transport
    private let timeout: Duration
    package let reader: ResponseReader
    package let conventions: UpstreamConventions

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - baseURL: what paths are appended to; a slash at its end is dropped.
    ///   - timeout: the longest that one call may take.
    package init(
        baseURL: String,
        conventions: UpstreamConventions,
        transport: any Transport,
        timeout: Duration = .seconds(10)
    ) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.conventions = conventions
        self.transport = transport
        self.timeout = timeout
        reader = ResponseReader(conventions: conventions)
    }

    /// Makes GETs, all at once.
    package func get(
        _ calls: [Call],
        credential: Credential,
        deadline: ContinuousClock.Instant
    ) async -> [CallOutcome] {
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero else {
            let failure = FieldFailure(.upstreamTimeout, "The request's time was used up before the upstream was asked.")
            return Array(repeating: .failed(failure), count: calls.count)
        }
        var headers = [(name: "Accept", value: "application/json")]
        if let authorization = credential.authorization { headers.append((name: "Authorization", value: authorization)) }
        let requests = calls.map { call in
            TransportRequest(
                method: "GET",
                url: baseURL + call.path,
                headers: headers,
                body: nil,
                timeout: min(timeout, left)
            )
        }
        return await transport.send(requests).map { reader.outcome(of: $0) }
    }
}
