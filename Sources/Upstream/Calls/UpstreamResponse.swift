/// A GET to be made.
struct UpstreamRead: Sendable {
    let call: Call
    /// What a kept answer can be revalidated with.
    let validators: CachedResponse.Validators
    /// What the call is made for.
    let purpose: CallPurpose
}

/// What came back of a GET.
struct UpstreamResponse: Sendable {
    var outcome: CallOutcome
    var validators = CachedResponse.Validators()
    /// Whether the kept answer is still right.
    var isNotModified = false
    /// Whether it failed for a reason that may have passed a moment later.
    var mayBeRepeated = false
    /// Whether it failed because who asked went away or had no time left, so that others may have an answer.
    var isCallerFailure = false

    init(outcome: CallOutcome) {
        self.outcome = outcome
    }
}
