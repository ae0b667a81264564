private import Gateway

/// Processes large requests on other threads than those of connections, as a long text, or many operations, take long to parse,
/// validate and plan.
struct LongWork: HTTPFilter {
    /// The most bytes of a body that is processed on the connection's own thread.
    ///
    /// A list with a filter takes 25 bytes of GraphQL, and 50 microseconds to parse, validate, plan and estimate.
    static let maximumBytes = 4 << 10

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        // Nobody knows how long a compressed body is before it is decompressed.
        guard request.body.count > Self.maximumBytes || request.header("content-encoding") != nil else {
            return next.reply(to: request)
        }
        return .later {
            await withTaskExecutorPreference(LongWorkExecutor.shared) {
                switch next.reply(to: request) {
                case .now(let response): response
                case .later(let respond): await respond()
                // A request with a body is not upgraded.
                case .upgrade: .malformedHTTP
                }
            }
        }
    }
}
