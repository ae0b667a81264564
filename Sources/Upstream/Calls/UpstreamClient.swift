/// The connection to one upstream: its base URL, the transport, and the timeout of a call.
package struct UpstreamClient: Sendable {
    let baseURL: String
    /// The length in bytes of the base URL's path, which is part of every request's target.
    private let basePathLength: Int
    private let transport: any Transport
    /// The longest time that one call may take.
    let timeout: Duration
    /// The TLS and proxy settings; nil: those of the transport.
    private let connection: UpstreamConnection?

    /// The length in bytes of the longest target that is sent: many servers and proxies accept no longer one.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-3-5
    static let maximumTargetLength = 8192

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - baseURL: the URL to which paths are appended; a slash at its end is dropped.
    ///   - transport: sends the requests.
    ///   - timeout: the longest time that one call may take.
    ///   - connection: the TLS and proxy settings; nil: those of the transport.
    package init(
        baseURL: String,
        transport: any Transport,
        timeout: Duration = .seconds(10),
        connection: UpstreamConnection? = nil
    ) {
        let baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.baseURL = baseURL
        self.transport = transport
        self.timeout = timeout
        self.connection = connection
        let afterScheme = baseURL.firstRange(of: "://").map { baseURL[$0.upperBound...] } ?? baseURL[...]
        basePathLength = afterScheme.drop { $0 != "/" }.utf8.count
    }

    /// The length in bytes of a request's target.
    func targetLength(ofPath path: String) -> Int { basePathLength + path.utf8.count }

    /// The URL of a call.
    func url(of call: Call) -> String { baseURL + call.path }

    /// Makes GETs concurrently, and passes each result to `receive` as it arrives.
    ///
    /// - Parameters:
    ///   - reads: the GETs.
    ///   - credential: the credential with which they are made.
    ///   - traces: the span of each; empty: they are in no trace.
    ///   - timeLeft: the time that they may take, if it is shorter than the timeout.
    ///   - receive: a function of the position of a GET and its result.
    func get(
        _ reads: [UpstreamRead],
        credential: Credential,
        traces: [SpanPosition] = [],
        timeLeft: Duration,
        receive: (Int, Result<TransportResponse, TransportError>) -> Void
    ) async {
        var headers = [(name: "Accept", value: "application/json")]
        if let authorization = credential.authorization {
            headers.append((name: "Authorization", value: authorization))
        }
        let timeout = min(timeout, timeLeft)
        let requests = reads.enumerated().map { position, read in
            // PERF: requests that share one array of fields are sent faster.
            var fields = read.validators.isEmpty ? headers : headers + read.validators.conditions
            if !traces.isEmpty { fields += traces[position].context.fields }
            return TransportRequest(url: url(of: read.call), headers: fields, timeout: timeout, connection: connection)
        }
        await transport.send(requests, receive: receive)
    }

    /// Sends a write; the transport sends it at most once.
    func send(
        _ write: UpstreamWrite,
        credential: Credential,
        trace: SpanPosition? = nil,
        timeLeft: Duration
    ) async -> Result<TransportResponse, TransportError> {
        var headers = [(name: "Accept", value: "application/json")]
        if let authorization = credential.authorization {
            headers.append((name: "Authorization", value: authorization))
        }
        if let trace { headers += trace.context.fields }
        if write.body != nil { headers.append((name: "Content-Type", value: "application/json")) }
        let request = TransportRequest(
            method: write.method.rawValue,
            url: url(of: write.call),
            headers: headers,
            body: write.body,
            timeout: min(timeout, timeLeft),
            connection: connection
        )
        let silence = TransportError(.other, "The transport gave no result.", requestMayHaveBeenSent: true)
        return await transport.send([request]).first ?? .failure(silence)
    }
}
