internal import GraphQL
internal import JSON

extension ResponseReader {
    /// What came of a write.
    ///
    /// A write that may have left and has no answer of its own, or the answer of one who cannot know, may or may not have
    /// been carried out. A status of 500 or more is no better: it can come after the deed, or from a proxy.
    func outcome(ofWrite result: Result<TransportResponse, TransportError>, workspace: JSONObject) -> WriteOutcome {
        switch result {
        case .failure(let error):
            if error.requestMayHaveBeenSent { return .unknown(.unknownOutcome(error.message, more: workspace)) }
            let code: ErrorCode = error.code == .timedOut ? .upstreamTimeout : .upstreamError
            let failure = FieldFailure(code, "Nothing was written: \(error.message)", more: workspace)
            return error.isRetryable ? .notSent(failure) : .refused(failure)
        case .success(let response):
            return outcome(ofWrite: response, workspace: workspace)
        }
    }

    private func outcome(ofWrite response: TransportResponse, workspace: JSONObject) -> WriteOutcome {
        switch response.status {
        case 200..<300:
            guard let json = try? JSONDocument(parsing: response.body, limits: limits), json.node(0).kind == .object
            else { return .done(nil, location: response.headers.first("location")) }
            if let message = statedError(in: json) {
                let failure = FieldFailure(.upstreamError, message, more: workspace)
                return .refused(failure, fields: refusedFields(in: json))
            }
            return .done(SourceDocument(json, origin: origin), location: response.headers.first("location"))
        case 404, 410:
            return .missing
        case 429:
            return .limited(seconds: retryAfter(of: response))
        case 303, 408, 500...:
            return .unknown(.unknownOutcome("The upstream answered with status \(response.status).", more: workspace))
        default:
            // Nothing else can be read in the status of a redirect or of a refusal than in that of a GET.
            let answer = self.answer(of: .success(response), workspace: workspace)
            guard case .failed(let failure) = answer.outcome else { return .refused(.gatewayFailed) }
            let isAboutBody = response.status == 400 || response.status == 409 || response.status == 422
            let fields = isAboutBody ? body(of: response).map { refusedFields(in: $0) } : nil
            return .refused(failure, fields: fields ?? [])
        }
    }
}

extension FieldFailure {
    /// A write may or may not have been carried out.
    static func unknownOutcome(_ reason: String, more: JSONObject) -> FieldFailure {
        let advice = "Whether the write was carried out is not known: look before you send it again."
        return FieldFailure(.upstreamOutcomeUnknown, "\(advice) \(reason)", more: more)
    }
}
