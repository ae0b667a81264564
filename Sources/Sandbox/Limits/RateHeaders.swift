/// The numbers of `X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset`.
struct RateHeaders: Sendable, Equatable {
    /// Requests in a window.
    let limit: Int

    /// Requests that are left in this window.
    let remaining: Int

    /// When the window ends, as the header gives it.
    let reset: String

    /// The prefix of the three headers' names.
    var prefix = "X-RateLimit-"
}
