/// A request that may go on: whose it is, what it names, and when it came.
struct Call: Sendable {
    /// The request.
    let request: SandboxRequest

    /// The request's path and query.
    let target: RequestTarget

    /// Whose request it is.
    let credential: Credential

    /// When it came.
    let now: UnixTime
}
