internal import JSON

/// Writes errors in the shape that the behaviour asks for.
struct ErrorBody {
    /// The page that a proxy in front of the API would send.
    static let proxyPage = Array(
        "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n"
            .utf8
    )

    /// The shape of all errors.
    let shape: ErrorShape

    /// The answer to a refused request.
    func answer(to refusal: Refusal, withRetryAfter: Bool) -> Answer {
        var answer = Answer(status: refusal.reason.status, body: body(refusal))
        if shape == .html { answer.contentType = .html }
        if let allow = refusal.allow { answer.headers.append(("Allow", allow)) }
        if refusal.reason == .unauthorized { answer.headers.append(("WWW-Authenticate", "Bearer")) }
        if withRetryAfter, let seconds = refusal.retryAfter { answer.headers.append(("Retry-After", String(seconds))) }
        return answer
    }

    private func body(_ refusal: Refusal) -> [UInt8] {
        let code = JSONValue.string(refusal.reason.code)
        let message = JSONValue.string(refusal.message)
        let retryAfter = refusal.retryAfter.map { [("retry_after", JSONValue.integer($0))] } ?? []
        switch shape {
        case .flat:
            return encoded([("error", code), ("message", message)] + retryAfter)
        case .list:
            return encoded([("data", .null), ("count", 0), ("error", message)])
        case .nested:
            return encoded([("error", .object(JSONObject([("code", code), ("message", message)] + retryAfter)))])
        case .html:
            let status = "\(refusal.reason.status) \(HTTPStatusText.phrase(refusal.reason.status))"
            return Array(
                "<!DOCTYPE html>\n<html><head><title>\(status)</title></head><body>\(status)</body></html>\n".utf8
            )
        case .none:
            return []
        }
    }

    private func encoded(_ members: [(String, JSONValue)]) -> [UInt8] {
        JSONValue.object(JSONObject(members)).serialized()
    }
}
