extension SandboxFailure {
    /// Whether a request meets the failure.
    func matches(_ request: SandboxRequest, _ target: RequestTarget) -> Bool {
        guard method == nil || method == request.method else { return false }
        return "/" + target.segments.dropFirst(2).joined(separator: "/") == path
    }
}
