package import GraphQL
package import JSON

/// Reads upstream answers by the schema's conventions, in every form that they may have.
package struct ResponseReader: Sendable {
    let conventions: UpstreamConventions
    let origin: Int
    /// The most rows that a count is believed to tell of.
    private static let mostRows = 1_000_000_000
    let limits: JSONLimits

    /// Makes a reader, whose documents bear the mark `origin`.
    package init(conventions: UpstreamConventions, origin: Int = 0, limits: JSONLimits = .standard) {
        self.conventions = conventions
        self.origin = origin
        self.limits = limits
    }

    /// Reads what came back of a GET; errors tell what is given of the workspace.
    func answer(
        of result: Result<TransportResponse, TransportError>,
        to read: UpstreamRead? = nil,
        workspace: JSONObject = JSONObject()
    ) -> UpstreamResponse {
        switch result {
        case .failure(let error):
            var answer = UpstreamResponse(outcome: .failed(failure(of: error).errorExtensions(workspace)))
            answer.mayBeRepeated = error.isRetryable && error.code != .timedOut
            return answer
        case .success(let response):
            var answer = UpstreamResponse(outcome: outcome(of: response, to: read))
            if case .failed(let failure) = answer.outcome {
                answer.outcome = .failed(failure.errorExtensions(workspace))
            }
            answer.validators = CachedResponse.Validators(response.headers)
            answer.isNotModified = response.status == 304
            answer.mayBeRepeated = [429, 500, 502, 503, 504].contains(response.status)
            return answer
        }
    }

    private func failure(of error: TransportError) -> FieldFailure {
        switch error.code {
        case .timedOut: FieldFailure(.upstreamTimeout, error.clientMessage)
        case .malformedResponse, .tooLarge, .truncated:
            FieldFailure(.upstreamInvalidResponse, error.clientMessage)
        default: FieldFailure(.upstreamError, error.clientMessage)
        }
    }

    private func outcome(of response: TransportResponse, to read: UpstreamRead?) -> CallOutcome {
        switch response.status {
        case 200..<300:
            return document(of: response, to: read)
        case 404, 410:
            return .missing
        case 401:
            return .failed(failure(.unauthenticated, response, "The upstream does not accept the credential."))
        case 403:
            return .failed(failure(.forbidden, response, "The credential has no right to this."))
        case 429:
            return .failed(.rateLimited(retryAfter: retryAfter(of: response), more: JSONObject()))
        case 400..<500:
            return .failed(failure(.badUserInput, response, "The upstream refused the call."))
        default:
            // What a 5xx, or a redirect, says is the upstream's own affair and goes to no client.
            let more: JSONObject = ["status": .number(JSONNumber(response.status))]
            return .failed(
                FieldFailure(.upstreamError, "The upstream answered with status \(response.status).", more: more)
            )
        }
    }

    private func document(of response: TransportResponse, to read: UpstreamRead?) -> CallOutcome {
        do {
            let json = try JSONDocument(parsing: response.body, limits: limits)
            if let message = statedError(in: json, to: read) {
                return .failed(FieldFailure(.upstreamError, message))
            }
            return .answered(SourceDocument(json, origin: origin))
        } catch {
            let message = "The upstream's answer is no JSON: \(error.message)"
            return .failed(FieldFailure(.upstreamInvalidResponse, message))
        }
    }

    private func failure(_ code: ErrorCode, _ response: TransportResponse, _ fallback: String) -> FieldFailure {
        let more: JSONObject = ["status": .number(JSONNumber(response.status))]
        let stated = body(of: response).flatMap { message(in: $0) }
        return FieldFailure(code, stated ?? fallback, more: more)
    }

    /// An error's body, if it is JSON; whether it is does not matter.
    func body(of response: TransportResponse) -> JSONDocument? {
        try? JSONDocument(parsing: response.body, limits: limits)
    }

    /// For how many seconds no call should be made, after an answer with the status 429.
    func retryAfter(of response: TransportResponse) -> Int {
        let told = response.headers.first("retry-after").flatMap { Int($0) }
        let stated = body(of: response).flatMap { json in
            json.member(conventions.retryAfter, of: 0).flatMap { json.scalarText(of: $0) }.flatMap { Int($0) }
        }
        return min(3600, max(0, told ?? stated ?? 60))
    }

    // MARK: - Envelopes

    /// The array of rows of a collection's answer; nil if there is none.
    package func rows(in document: SourceDocument) -> Int? {
        let json = document.json
        if json.node(0).kind == .array { return 0 }
        guard let items = conventions.items, let node = json.member(items, of: 0) else { return nil }
        return json.node(node).kind == .array ? node : nil
    }

    /// The rows of a collection's answer.
    func rowNodes(in document: SourceDocument) -> [Int?] {
        rows(in: document).map { Array(document.json.elements(of: $0)) } ?? []
    }

    /// The number that a collection's answer counts; what it means is for the caller to find out.
    package func count(in document: SourceDocument) -> Int? {
        guard let total = conventions.total, let node = document.json.member(total, of: 0),
            case .number(let number) = document.json.value(at: node)
        else { return nil }
        // No list is as long as what is beyond; what could overflow stops here.
        return number.intValue.flatMap { 0...Self.mostRows ~= $0 ? $0 : nil }
    }

    /// The object of a single answer, bare or wrapped; nil if it is null.
    func object(in document: SourceDocument, expecting content: ExpectedContent) -> Int? {
        let json = document.json
        var node = 0
        if let items = conventions.items, !content.isBare(json), let inner = json.member(items, of: 0) { node = inner }
        return json.node(node).kind == .null ? nil : node
    }
}

extension FieldFailure {
    /// The failure with further members of its extensions.
    fileprivate func errorExtensions(_ more: JSONObject) -> FieldFailure {
        var failure = self
        for (name, value) in more { failure.extensions[name] = value }
        return failure
    }
}
