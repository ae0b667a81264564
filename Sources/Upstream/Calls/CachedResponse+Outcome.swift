extension CachedResponse {
    /// The response as the outcome of a call.
    var outcome: CallOutcome { document.map { .found($0) } ?? .missing }
}
