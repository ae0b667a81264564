private import Gateway

/// Serves requests with much content on other threads than those of connections: a long text, or many operations, take long to be
/// read, validated and planned, and nobody else is to wait for that.
struct LongWork: HTTPFilter {
    /// The longest content that is served on the connection's own thread.
    ///
    /// Parsing and validating takes about 2,000 instructions a token, so that 16 KiB of GraphQL take a few milliseconds.
    static let maximumBytes = 16 << 10

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        guard request.body.count > Self.maximumBytes else { return next.reply(to: request) }
        return .later {
            await withTaskExecutorPreference(LongWorkExecutor.shared) {
                switch next.reply(to: request) {
                case .now(let response): response
                case .later(let respond): await respond()
                // A request with content is not upgraded.
                case .upgrade: .malformedHTTP
                }
            }
        }
    }
}
