internal import JSON

/// Writes errors in the shape, with the status and with the pause that the behavior asks for.
struct ErrorBody {
    /// The page that a proxy in front of the API would send.
    static let proxyPage = Array(
        "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n"
            .utf8
    )

    /// The API variant that is played.
    let behavior: SandboxBehavior

    /// The response to a refused request; `now` is the time by the API's clock.
    func response(to refusal: Refusal, now: UnixTime) -> Response {
        let status = behavior.errorStatus == .real ? refusal.reason.status : refusal.reason.mildStatus
        var response = Response(status: status, body: body(refusal))
        if behavior.errors == .html { response.contentType = .html }
        if let allow = refusal.allow { response.headers.append(("Allow", allow)) }
        if refusal.reason == .unauthorized { response.headers.append(("WWW-Authenticate", "Bearer")) }
        if behavior.retryAfter == .present, let pause = refusal.retryAfter {
            response.headers.append(("Retry-After", retryAfter(pause, now)))
        }
        return response
    }

    private func retryAfter(_ pause: Int, _ now: UnixTime) -> String {
        switch behavior.retryAfterFormat {
        case .seconds: String(wholeSeconds(pause))
        case .fraction: UnixTime.secondsText(milliseconds: pause)
        case .unit: "\(wholeSeconds(pause))s"
        case .httpDate: UnixTime(seconds: UnixTime(milliseconds: now.milliseconds + pause).secondsRoundedUp).httpDate
        }
    }

    private func wholeSeconds(_ milliseconds: Int) -> Int { max(1, (milliseconds + 999) / 1000) }

    private func body(_ refusal: Refusal) -> [UInt8] {
        let code = JSONValue.string(refusal.reason.code)
        let message = JSONValue.string(refusal.message)
        let pause = refusal.retryAfter.flatMap(statedPause).map { [("retry_after", $0)] } ?? []
        switch behavior.errors {
        case .flat:
            return encoded([("error", code), ("message", message)] + pause)
        case .list:
            return encoded([("data", .null), ("count", 0), ("error", message)])
        case .nested:
            return encoded([("error", object([("code", code), ("message", message)] + pause))])
        case .success:
            return encoded([
                ("success", false), ("error", object([("code", code), ("message", message)] + pause)),
                ("data", object([])),
            ])
        case .html:
            let status = "\(refusal.reason.status) \(HTTPStatusText.phrase(refusal.reason.status))"
            return Array(
                "<!DOCTYPE html>\n<html><head><title>\(status)</title></head><body>\(status)</body></html>\n".utf8
            )
        case .none:
            return []
        }
    }

    private func statedPause(_ milliseconds: Int) -> JSONValue? {
        switch behavior.retryAfterBody {
        case .seconds: .integer(wholeSeconds(milliseconds))
        case .fraction: JSONNumber(text: UnixTime.secondsText(milliseconds: milliseconds)).map(JSONValue.number)
        case .absent: nil
        }
    }

    private func object(_ members: [(String, JSONValue)]) -> JSONValue { .object(JSONObject(members)) }

    private func encoded(_ members: [(String, JSONValue)]) -> [UInt8] { object(members).serialized() }
}
