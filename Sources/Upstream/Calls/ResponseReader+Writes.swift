internal import GraphQL
internal import JSON

extension ResponseReader {
    /// The outcome of a write.
    ///
    /// A write that may have been sent and has no response, or only one from a server that cannot know the outcome, may or may not
    /// have been executed. So may one with status 500 or more: it can follow the write's effect, or come from a proxy.
    ///
    /// - Parameters:
    ///   - write: the write.
    ///   - result: the response, or the transport's error.
    ///   - url: the URL of the request, against which a relative `Location` is resolved.
    ///   - retryAfter: the time that the upstream asks to wait; nil: it asks for none.
    ///   - workspace: the extensions by which errors name the workspace.
    /// - Returns: the outcome, whose location is a path.
    func outcome(
        of write: UpstreamWrite,
        _ result: Result<TransportResponse, TransportError>,
        sentTo url: String,
        retryAfter: Duration?,
        workspace: JSONObject
    ) -> WriteOutcome {
        switch result {
        case .failure(let error):
            if error.requestMayHaveBeenSent { return .unknown(.unknownOutcome(error.clientMessage, more: workspace)) }
            let code: ErrorCode =
                switch error.code {
                case .timedOut: .upstreamTimeout
                case .cancelled: .requestCancelled
                default: .upstreamError
                }
            let failure = FieldFailure(code, "Nothing was written. \(error.clientMessage)", more: workspace)
            return error.isRetryable ? .notSent(failure) : .refused(failure)
        case .success(let response):
            return outcome(of: write, response, sentTo: url, retryAfter: retryAfter, workspace: workspace)
        }
    }

    private func outcome(
        of write: UpstreamWrite,
        _ response: TransportResponse,
        sentTo url: String,
        retryAfter: Duration?,
        workspace: JSONObject
    ) -> WriteOutcome {
        switch response.status {
        case 200..<300:
            let json = object(of: response)
            if let json, let message = statedRefusal(in: json, to: write) {
                let failure = FieldFailure(.upstreamError, message, more: workspace)
                return .refused(failure, fields: refusedFields(in: json))
            }
            // https://www.rfc-editor.org/rfc/rfc9110#section-15.3.3
            if response.status == 202 { return .unknown(.accepted(json.flatMap { message(in: $0) }, more: workspace)) }
            // A body that is not the upstream's JSON may be a proxy's, and shows nothing about the write's outcome.
            if json == nil, let reason = reasonForOtherBody(of: response) {
                return .unknown(.unknownOutcome(reason, more: workspace))
            }
            let location = response.headers.first("location").map {
                URIReference($0).resolved(against: URIReference(url)).path
            }
            return .done(json.map { SourceDocument($0, origin: origin) }, location: location)
        case 404, 410:
            return .missing
        case 429:
            return .limited(pause: retryAfter ?? .zero)
        // A redirect to a page of the result follows an executed write, with 301 and 302 as well as with 303; 307 and 308 ask for
        // the same request at another URL. https://www.rfc-editor.org/rfc/rfc9110#section-15.4
        case 300...306, 408, 500...:
            return .unknown(.unknownOutcome("The upstream responded with status \(response.status).", more: workspace))
        default:
            // The status of a redirect or of a refusal means the same as for a GET.
            let read = self.response(.success(response), sentAt: .now, workspace: workspace)
            guard case .failed(let failure) = read.outcome else { return .refused(.gatewayFailed) }
            let isAboutBody = response.status == 400 || response.status == 409 || response.status == 422
            let fields = isAboutBody ? body(of: response).map { refusedFields(in: $0) } : nil
            return .refused(failure, fields: fields ?? [])
        }
    }
}

extension ResponseReader {
    /// The body of a response, if it is a JSON object.
    private func object(of response: TransportResponse) -> JSONDocument? {
        guard let json = body(of: response), json.node(0).kind == .object else { return nil }
        return json
    }

    /// The reason why a body cannot be the upstream's own, whatever its media type; nil: it may be, as JSON, a short text or nothing.
    private func reasonForOtherBody(of response: TransportResponse) -> String? {
        let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
        guard let first = response.body.first(where: { !blanks.contains($0) }), body(of: response) == nil else {
            return nil
        }
        let type = response.headers.first("content-type")?.lowercased() ?? ""
        let isPage = type.hasPrefix("text/html") || type.hasPrefix("application/xhtml+xml")
        if isPage || first == UInt8(ascii: "<") { return "The upstream responded with an HTML page." }
        let beginsAsJSON = [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(first)
        let isCalledJSON = type.hasPrefix("application/json") || type.prefix { $0 != ";" }.hasSuffix("+json")
        return beginsAsJSON || isCalledJSON ? "The upstream's response is not JSON." : nil
    }

    /// The error that the response to a write states despite its success status; nil: it states none.
    private func statedRefusal(in json: JSONDocument, to write: UpstreamWrite) -> String? {
        let content = content(expectedIn: json, of: write)
        if let message = statedError(in: json, expecting: content) { return message }
        guard showsNothing(json, of: content), blamesSomething(json) else { return nil }
        return refusal(in: json, summary: "The upstream refused the write.")
    }

    /// The expected content of the response to a write, given that an error's body may have a member of the key's name.
    private func content(expectedIn json: JSONDocument, of write: UpstreamWrite) -> ExpectedContent {
        // See `statedError(in:to:)` of a GET.
        if let key = write.key, case .object(let identifying, let declared) = write.content,
            let member = identifying.first, let own = json.member(member, of: 0),
            let text = json.scalarText(of: own), ExactString(text) != ExactString(key)
        {
            return .object(identifiedBy: [], declaring: declared)
        }
        return write.content
    }

    /// Whether a response lacks the object that it should show, bare or in an envelope.
    private func showsNothing(_ json: JSONDocument, of content: ExpectedContent) -> Bool {
        guard !content.isBare(json) else { return false }
        guard let items = conventions.items, let inner = json.member(items, of: 0) else {
            if case .anything = content { return false }
            return true
        }
        switch json.value(at: inner) {
        case .null: return true
        case .array(let values): return values.isEmpty
        case .object(let members): return members.isEmpty
        case .bool, .number, .string: return false
        }
    }
}

extension FieldFailure {
    /// The failure of a write that was accepted for later execution.
    fileprivate static func accepted(_ reason: String?, more: JSONObject) -> FieldFailure {
        let message =
            "The upstream accepted the write, but has not carried it out yet (status 202): read the object before you send it again."
        return FieldFailure(
            .upstreamOutcomeUnknown,
            [message, reason].compactMap(\.self).joined(separator: " "),
            more: more
        )
    }

    /// The failure of a write that may or may not have been executed.
    static func unknownOutcome(_ reason: String, more: JSONObject) -> FieldFailure {
        let advice = "It is not known whether the write was carried out: read the object before you send it again."
        return FieldFailure(.upstreamOutcomeUnknown, "\(advice) \(reason)", more: more)
    }
}
