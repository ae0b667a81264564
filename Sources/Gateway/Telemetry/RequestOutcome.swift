package import Upstream

/// What observers learn of a response.
package struct RequestOutcome: Sendable {
    /// The name of the operation or the method; nil: it has none.
    package var name: String?
    /// What the operation does, `query`, `mutation` or `subscription`; nil: it was refused before that was known.
    package var kind: String?
    /// The codes of its errors, each once.
    package var errorCodes: [String] = []
    /// What it has spent and saved.
    package var calls = CallReport.Counts()
    /// The calls that it was estimated to take; nil: it was not estimated.
    package var estimated: CostRange?
    /// Whether a cached result, or a cached response, took the place of an execution.
    package var isCachedResult = false
    /// Whether an equal operation that was being executed took the place of an execution.
    package var isSharedResult = false
    /// How many results a subscription, or a query that is followed, has sent until its end; nil: it is none.
    package var streamedResults: Int?
    /// How long its stages took.
    package var stages = StageDurations()
    /// What names the operation, as long as its name is not known.
    private var operation: OperationFingerprint?
    private var knownFingerprint: String?

    package init() {}

    /// Names the operation's fields and arguments; nil: there is no operation.
    package var fingerprint: String? { knownFingerprint ?? operation?.digits }

    /// Takes over what an operation is.
    mutating func describe(_ operation: OperationFingerprint?, kind: String?) {
        self.kind = kind
        self.operation = operation
    }

    /// The outcome as it can be stored: it does not hold the operation.
    package var sealed: RequestOutcome {
        var sealed = self
        sealed.knownFingerprint = fingerprint
        sealed.operation = nil
        sealed.stages = StageDurations()
        return sealed
    }
}
