internal import Gateway
internal import NIOHTTP1

/// Sends the figures of the cockpit: once, or again and again as server-sent events.
///
/// https://html.spec.whatwg.org/multipage/server-sent-events.html
struct CockpitEndpoint: Endpoint {
    /// How long it is until the next event.
    let interval: Duration
    /// Whether the server stops, so that events end.
    let isStopping: @Sendable () -> Bool
    /// What is shown at this time; nil: nothing is served yet.
    let cockpit: @Sendable () -> Cockpit?

    /// The supported methods.
    static let methods = "GET, HEAD"

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard request.method == .GET || request.method == .HEAD else {
            return .now(.methodNotAllowed(allowed: Self.methods))
        }
        let wantsEvents = HeaderList.split((request.header("accept") ?? "")[...], on: ",").contains {
            MediaType($0)?.name == "text/event-stream"
        }
        let response =
            wantsEvents && request.method == .GET
            ? HTTPResponse(status: .ok, contentType: "text/event-stream", stream: events)
            : HTTPResponse(status: .ok, contentType: ResponseMediaType.json.contentType, body: report)
        return .now(response.with("cache-control", "no-store").with("vary", "accept"))
    }

    private var report: [UInt8] { cockpit()?.report ?? Array("{}".utf8) }

    private var events: BodyStream {
        BodyStream { [self] writer in
            // A page whose events end asks again, of what is served by then.
            while !Task.isCancelled, let shown = cockpit() {
                do {
                    try await writer.write(Array("data: ".utf8) + shown.report + Array("\n\n".utf8))
                    guard !isStopping() else { return }
                    // A person looks at the figures as time passes for real. The sleep throws when the client has gone, which ends
                    // the events.
                    try await Task.sleep(for: interval)
                } catch {
                    return
                }
            }
        }
    }
}
