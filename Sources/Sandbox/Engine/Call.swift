/// An authenticated request, with its target and its time of arrival.
struct Call: Sendable {
    /// The request.
    let request: SandboxRequest

    /// The request's path and query.
    let target: RequestTarget

    /// The credential of the request.
    let credential: Credential

    /// The time of arrival.
    let now: UnixTime
}
