/// The limits of one client in a minute; nil: unlimited.
package struct ClientLimits: Sendable, Hashable {
    package var requestsPerMinute: Int?
    /// The upstream calls that its operations are likely to take, or take beyond that.
    package var callsPerMinute: Int?

    package init(requestsPerMinute: Int? = nil, callsPerMinute: Int? = nil) {
        self.requestsPerMinute = requestsPerMinute
        self.callsPerMinute = callsPerMinute
    }
}
