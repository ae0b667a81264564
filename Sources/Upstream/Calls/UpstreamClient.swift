/// How one upstream is reached: its base URL, the transport, and how long a call may take.
package struct UpstreamClient: Sendable {
    private let baseURL: String
    private let transport: any Transport
    /// The longest that one call may take.
    let timeout: Duration

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - baseURL: what paths are appended to; a slash at its end is dropped.
    ///   - transport: what sends requests.
    ///   - timeout: the longest that one call may take.
    package init(baseURL: String, transport: any Transport, timeout: Duration = .seconds(10)) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.transport = transport
        self.timeout = timeout
    }

    /// The URL of a call.
    func url(of call: Call) -> String { baseURL + call.path }

    /// Makes GETs, all at once.
    func get(
        _ reads: [UpstreamRead],
        credential: Credential,
        timeLeft: Duration
    ) async -> [Result<TransportResponse, TransportError>] {
        var headers = [(name: "Accept", value: "application/json")]
        if let authorization = credential.authorization {
            headers.append((name: "Authorization", value: authorization))
        }
        let timeout = min(timeout, timeLeft)
        let requests = reads.map { read in
            TransportRequest(
                url: url(of: read.call),
                headers: read.validators.isEmpty ? headers : headers + read.validators.conditions,
                timeout: timeout
            )
        }
        return await transport.send(requests)
    }

    /// Carries out a write; the transport sends it once at most.
    func send(
        _ write: UpstreamWrite,
        credential: Credential,
        timeLeft: Duration
    ) async -> Result<TransportResponse, TransportError> {
        var headers = [(name: "Accept", value: "application/json")]
        if let authorization = credential.authorization {
            headers.append((name: "Authorization", value: authorization))
        }
        if write.body != nil { headers.append((name: "Content-Type", value: "application/json")) }
        let request = TransportRequest(
            method: write.method.rawValue,
            url: url(of: write.call),
            headers: headers,
            body: write.body,
            timeout: min(timeout, timeLeft)
        )
        let unanswered = TransportError(.other, "The transport gave no answer.", requestMayHaveBeenSent: true)
        return await transport.send([request]).first ?? .failure(unanswered)
    }
}

extension CachedResponse.Validators {
    /// Whether there is nothing to revalidate with.
    var isEmpty: Bool { entityTag == nil && lastModified == nil }

    /// The header fields of a conditional request: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.
    var conditions: [(name: String, value: String)] {
        if let entityTag { return [(name: "If-None-Match", value: entityTag)] }
        if let lastModified { return [(name: "If-Modified-Since", value: lastModified)] }
        return []
    }

    /// Reads the validators of an answer.
    init(_ headers: TransportHeaders) {
        self.init(entityTag: headers.first("etag"), lastModified: headers.first("last-modified"))
    }
}
