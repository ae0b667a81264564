package import GraphQL
package import JSON

/// Parses upstream responses by the schema's conventions, in every format that they may have.
// PERF: a class, because nearly every stage of a call refers to it, and its conventions are many strings.
package final class ResponseReader: Sendable {
    let conventions: UpstreamConventions
    let origin: Int
    /// The greatest count that is accepted as a number of rows.
    private static let mostRows = 1_000_000_000
    let limits: JSONLimits
    private let recentDocuments: RecentDocuments

    /// Makes a reader whose documents have an origin, the index of the workspace.
    package init(
        conventions: UpstreamConventions,
        origin: Int = 0,
        limits: JSONLimits = .standard,
        recentDocuments: RecentDocuments = RecentDocuments()
    ) {
        self.recentDocuments = recentDocuments
        self.conventions = conventions
        self.origin = origin
        self.limits = limits
    }

    /// Parses the response to a GET; errors name the workspace.
    ///
    /// - Parameters:
    ///   - read: the GET; nil: the response may have any content.
    ///   - result: the response, or the transport's error.
    ///   - sentAt: the time at which the request was sent.
    ///   - retryAfter: the time that the upstream asks to wait; nil: it asks for none.
    ///   - workspace: the extensions by which errors name the workspace.
    /// - Returns: the parsed response.
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
            response.age = received.headers.first("age").map { Self.age($0) } ?? .zero
            response.retry = retry(ofStatus: received.status, after: retryAfter)
            return response
        }
    }

    /// The age that the first member of a field states; a number that is too great counts as the greatest one.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2
    private static func age(_ field: String) -> Duration {
        let digits = field.utf8.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: " ") }
        guard !digits.isEmpty, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return .zero }
        return .seconds(min(Int(Substring(digits)) ?? .max, greatestAge))
    }

    /// The greatest age, in seconds.
    private static let greatestAge = 1 << 31

    /// Whether a GET that has this status is made again.
    private func retry(ofStatus status: Int, after retryAfter: Duration?) -> UpstreamResponse.Retry {
        switch status {
        case 429: .afterPause(retryAfter ?? .zero)
        // The first two mean that the upstream has not processed the request. https://www.rfc-editor.org/rfc/rfc8470#section-5.2
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
            let json = try document(of: response.body, to: read)
            if let message = statedError(in: json, to: read) {
                return .failed(FieldFailure(.upstreamError, message))
            }
            return .found(SourceDocument(isList ? listing(json) : json, origin: origin))
        } catch {
            let message = "The upstream's response is not JSON: \(error.message)"
            return .failed(FieldFailure(.upstreamInvalidResponse, message))
        }
    }

    private func document(of text: [UInt8], to read: UpstreamRead?) throws(JSONError) -> JSONDocument {
        guard let read else { return try JSONDocument(parsing: text, limits: limits) }
        return try recentDocuments.document(of: text, to: read.call, limits: limits)
    }

    private func failure(_ code: ErrorCode, _ response: TransportResponse, _ fallback: String) -> FieldFailure {
        let more: JSONObject = ["status": .number(JSONNumber(response.status))]
        let stated = body(of: response).map { refusal(in: $0, summary: fallback) }
        return FieldFailure(code, stated ?? fallback, more: more)
    }

    /// The body of a response, if it is JSON, whatever its media type; nil: it is not.
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

    /// The count in a collection's response, whose meaning depends on the upstream's paging habits.
    package func count(in document: SourceDocument) -> Int? {
        guard let total = conventions.total, let node = document.json.member(total, of: 0) else { return nil }
        let count = document.json.count(at: node)
        // No list is longer; a larger number could overflow.
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
    /// The failure of a status that states nothing about the call itself.
    fileprivate static func badStatus(_ status: Int, retryAfter: Duration? = nil) -> FieldFailure {
        var more: JSONObject = ["status": .number(JSONNumber(status))]
        var message = "The upstream responded with status \(status)"
        if let seconds = retryAfter?.wholeSeconds, seconds > 0 {
            more["retryAfter"] = .integer(seconds)
            message += "; retry in \(seconds.inSeconds)"
        }
        return FieldFailure(.upstreamError, message + ".", more: more)
    }

    /// The failure with additional extensions.
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
