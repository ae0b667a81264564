package import GraphQL
package import JSON

/// Reads upstream responses by the schema's conventions, in every shape that they may have.
// PERF: a class, as nearly every stage of a call has it; its conventions are many strings.
package final class ResponseReader: Sendable {
    let conventions: UpstreamConventions
    let origin: Int
    /// The greatest number of rows that a count is believed to state.
    private static let mostRows = 1_000_000_000
    let limits: JSONLimits

    /// Makes a reader, whose documents have the mark `origin`.
    package init(conventions: UpstreamConventions, origin: Int = 0, limits: JSONLimits = .standard) {
        self.conventions = conventions
        self.origin = origin
        self.limits = limits
    }

    /// Reads the response to a GET; errors state what is given of the workspace.
    ///
    /// - Parameters:
    ///   - read: the GET; nil: anything may be in the response.
    ///   - result: the response, or why there is none.
    ///   - sentAt: when the request was sent.
    ///   - retryAfter: for how long the upstream asks to wait, if it does.
    ///   - workspace: what errors state of the workspace.
    /// - Returns: the response as it is understood.
    func response(
        to read: UpstreamRead? = nil,
        _ result: Result<TransportResponse, TransportError>,
        sentAt: ContinuousClock.Instant,
        retryAfter: Duration? = nil,
        workspace: @autoclosure () -> JSONObject = JSONObject()
    ) -> UpstreamResponse {
        switch result {
        case .failure(let error):
            let outcome = CallOutcome.failed(failure(of: error).stating(workspace()))
            var response = UpstreamResponse(outcome: outcome, sentAt: sentAt)
            response.wasSent = true
            if error.isRetryable, error.code != .timedOut { response.retry = .afterBackoff(minimum: .zero) }
            return response
        case .success(let received):
            var outcome = outcome(of: received, to: read, retryAfter: retryAfter)
            if case .failed(let failure) = outcome { outcome = .failed(failure.stating(workspace())) }
            var response = UpstreamResponse(outcome: outcome, sentAt: sentAt)
            response.wasSent = true
            response.status = received.status
            response.validators = CachedResponse.Validators(received.headers, unixTime: UnixTime.now())
            response.isNotModified = received.status == 304
            response.age = .seconds(received.headers.first("age").flatMap { Int($0) }.map { max(0, $0) } ?? 0)
            response.retry = retry(ofStatus: received.status, after: retryAfter)
            return response
        }
    }

    /// Whether a GET that has this status is made again.
    private func retry(ofStatus status: Int, after retryAfter: Duration?) -> UpstreamResponse.Retry {
        switch status {
        case 429: .afterPause(retryAfter ?? .zero)
        // The first two: the upstream has not looked at the request. https://www.rfc-editor.org/rfc/rfc8470#section-5.2
        case 408, 425, 500, 502, 503, 504: .afterBackoff(minimum: retryAfter ?? .zero)
        default: .never
        }
    }

    private func failure(of error: TransportError) -> FieldFailure {
        switch error.code {
        case .timedOut: FieldFailure(.upstreamTimeout, error.clientMessage)
        case .cancelled: .cancelled
        case .malformedResponse, .tooLarge, .truncated:
            FieldFailure(.upstreamInvalidResponse, error.clientMessage)
        default: FieldFailure(.upstreamError, error.clientMessage)
        }
    }

    private func outcome(
        of response: TransportResponse,
        to read: UpstreamRead?,
        retryAfter: Duration?
    ) -> CallOutcome {
        switch response.status {
        case 200..<300:
            return document(of: response, to: read)
        case 404, 410:
            return .missing
        case 401:
            return .failed(failure(.unauthenticated, response, "The upstream does not accept the credential."))
        case 403:
            return .failed(failure(.forbidden, response, "The credential does not permit this."))
        case 429:
            return .failed(.rateLimited(retryAfter: retryAfter?.wholeSeconds ?? 0, more: JSONObject()))
        case 408, 425:
            return .failed(.badStatus(response.status))
        case 400..<500:
            return .failed(failure(.badUserInput, response, "The upstream refused the call."))
        default:
            // The body of a 5xx or a redirect is internal to the upstream and is not shown to clients.
            return .failed(.badStatus(response.status, retryAfter: retryAfter))
        }
    }

    private func document(of response: TransportResponse, to read: UpstreamRead?) -> CallOutcome {
        let isList = read?.purpose.isCollection ?? false
        // https://www.rfc-editor.org/rfc/rfc9110#section-15.3.5
        if isList, response.status == 204 { return .found(SourceDocument(emptyList(), origin: origin)) }
        do {
            let json = try JSONDocument(parsing: response.body, limits: limits)
            if let message = statedError(in: json, to: read) {
                return .failed(FieldFailure(.upstreamError, message))
            }
            return .found(SourceDocument(isList ? listing(json) : json, origin: origin))
        } catch {
            let message = "The upstream's response is not JSON: \(error.message)"
            return .failed(FieldFailure(.upstreamInvalidResponse, message))
        }
    }

    private func failure(_ code: ErrorCode, _ response: TransportResponse, _ fallback: String) -> FieldFailure {
        let more: JSONObject = ["status": .number(JSONNumber(response.status))]
        let stated = body(of: response).map { refusal(in: $0, summary: fallback) }
        return FieldFailure(code, stated ?? fallback, more: more)
    }

    /// An error's body, if it is JSON; whether it is does not matter.
    func body(of response: TransportResponse) -> JSONDocument? {
        try? JSONDocument(parsing: response.body, limits: limits)
    }

    // MARK: - Envelopes

    /// The array of rows of a collection's response; nil if there is none.
    package func rows(in document: SourceDocument) -> Int? {
        let json = document.json
        if json.node(0).kind == .array { return 0 }
        guard let items = conventions.items, let node = json.member(items, of: 0) else { return nil }
        return json.node(node).kind == .array ? node : nil
    }

    /// The rows of a collection's response.
    func rowNodes(in document: SourceDocument) -> [Int?] {
        rows(in: document).map { Array(document.json.elements(of: $0)) } ?? []
    }

    /// The number that a collection's response counts; what it means is for the caller to find out.
    package func count(in document: SourceDocument) -> Int? {
        guard let total = conventions.total, let node = document.json.member(total, of: 0) else { return nil }
        let count = document.json.count(at: node)
        // No list is as long as what is beyond; what could overflow stops here.
        return count.flatMap { 0...Self.mostRows ~= $0 ? $0 : nil }
    }

    /// The object of a single-object response, bare or wrapped; nil if it is null.
    func object(in document: SourceDocument, expecting content: ExpectedContent) -> Int? {
        let json = document.json
        let node = content.node(in: json, envelope: conventions.items)
        return json.node(node).kind == .null ? nil : node
    }
}

extension FieldFailure {
    /// A status that says nothing of the call itself.
    fileprivate static func badStatus(_ status: Int, retryAfter: Duration? = nil) -> FieldFailure {
        var more: JSONObject = ["status": .number(JSONNumber(status))]
        var message = "The upstream responded with status \(status)"
        if let seconds = retryAfter?.wholeSeconds, seconds > 0 {
            more["retryAfter"] = .integer(seconds)
            message += "; retry in \(seconds.inSeconds)"
        }
        return FieldFailure(.upstreamError, message + ".", more: more)
    }

    /// The failure with further members of its extensions.
    fileprivate func stating(_ more: JSONObject) -> FieldFailure {
        var failure = self
        for (name, value) in more { failure.extensions[name] = value }
        return failure
    }
}

extension JSONDocument {
    /// A count, as a number or as text; nil: the value is none.
    func count(at node: Int) -> Int? {
        switch value(at: node) {
        case .number(let number): number.intValue
        case .string(let digits): Int(digits)
        case .null, .bool, .array, .object: nil
        }
    }
}
