/// The numbers of `X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset`.
struct RateHeaders: Sendable, Equatable {
    /// Requests in a window.
    let limit: Int

    /// Requests that are left in this window.
    let remaining: Int

    /// The end of the window, in the header's format.
    let reset: String

    /// The prefix of the three headers' names.
    var prefix = "X-RateLimit-"
}
