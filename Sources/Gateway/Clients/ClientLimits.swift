/// The limits of one client per minute; nil: unlimited.
package struct ClientLimits: Sendable, Hashable {
    /// The most requests.
    package var requestsPerMinute: Int?
    /// The most upstream calls, counted by their likely number before execution and by the excess after it.
    package var callsPerMinute: Int?

    package init(requestsPerMinute: Int? = nil, callsPerMinute: Int? = nil) {
        self.requestsPerMinute = requestsPerMinute
        self.callsPerMinute = callsPerMinute
    }
}
