internal import GraphQL

extension OperationOutcome {
    /// The most bytes of upstream responses whose result is serialized on a connection's own thread.
    ///
    /// Serializing takes about 13 instructions a byte of the response, so that half a megabyte takes a few milliseconds.
    private static let maximumBytes = 512 << 10

    /// Whether its serialization may take long.
    var isLong: Bool {
        guard case .executed(let executed) = self else { return false }
        return executed.execution.dataBytes > Self.maximumBytes
    }

    /// Calls what serializes the outcome: here, or where no connection waits for it, if it may take long.
    func serialized<Response: Sendable>(_ serialize: @Sendable (OperationOutcome) -> Response) async -> Response {
        guard isLong else { return serialize(self) }
        return await withTaskExecutorPreference(LongWorkExecutor.shared) { serialize(self) }
    }
}
