internal import Gateway
internal import NIOHTTP1

/// Sends the figures of the cockpit, once or repeatedly as server-sent events.
///
/// https://html.spec.whatwg.org/multipage/server-sent-events.html
struct CockpitEndpoint: Endpoint {
    /// The interval between two events.
    let interval: Duration
    /// Returns whether the server shuts down, so that events end.
    let isStopping: @Sendable () -> Bool
    /// Returns the current cockpit; nil: there is no service yet.
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
            // When the events end, the page connects again and gets those of the current service.
            while !Task.isCancelled, let shown = cockpit() {
                do {
                    try await writer.write(Array("data: ".utf8) + shown.report + Array("\n\n".utf8))
                    guard !isStopping() else { return }
                    // The sleep is in real time, as a person reads the figures. It throws when the client has left, which ends
                    // the events.
                    try await Task.sleep(for: interval)
                } catch {
                    return
                }
            }
        }
    }
}
