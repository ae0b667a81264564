package import Upstream

/// The record of a response, for observers.
package struct RequestOutcome: Sendable {
    /// The name of the operation or the method; nil: it has none.
    package var name: String?
    /// The operation type, `query`, `mutation` or `subscription`, or `live` for a live query; nil: the request was refused before it was known.
    package var kind: String?
    /// The codes of its errors, each once.
    package var errorCodes: [String] = []
    /// The calls that it has taken and saved.
    package var calls = CallReport.Counts()
    /// The estimated calls; nil: the cost was not estimated.
    package var estimated: CostRange?
    /// Whether a cached result or a cached response was used instead of an execution.
    package var isCachedResult = false
    /// Whether the result is that of an equal operation that was being executed.
    package var isSharedResult = false
    /// The number of results that a subscription or a live query has sent until its end; nil: it has a single result.
    package var streamedResults: Int?
    /// The durations of its stages.
    package var stages = StageDurations()
    /// The fingerprint of the operation, until it is computed.
    private var operation: OperationFingerprint?
    private var knownFingerprint: String?

    package init() {}

    /// Identifies the operation's fields; nil: there is no operation.
    package var fingerprint: String? { knownFingerprint ?? operation?.digits }

    /// Sets the operation and its type.
    mutating func describe(_ operation: OperationFingerprint?, kind: String?) {
        self.kind = kind
        self.operation = operation
    }

    /// A copy to be stored: it does not hold the operation and its stages.
    package var sealed: RequestOutcome {
        var sealed = self
        sealed.knownFingerprint = fingerprint
        sealed.operation = nil
        sealed.stages = StageDurations()
        return sealed
    }
}
