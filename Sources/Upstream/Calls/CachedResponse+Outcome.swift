extension CachedResponse {
    /// The response as the outcome of a call.
    var outcome: CallOutcome { document.map { .answered($0) } ?? .missing }
}
