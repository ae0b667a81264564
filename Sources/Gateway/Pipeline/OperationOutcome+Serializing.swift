internal import GraphQL

extension OperationOutcome {
    /// The most bytes of upstream responses up to which a result is serialized on the connection's own thread.
    ///
    /// Serializing takes about 13 instructions per byte of the response, so that half a megabyte takes a few milliseconds.
    private static let maximumBytes = 512 << 10

    /// Whether its serialization may take long.
    var isLong: Bool {
        guard case .executed(let executed) = self else { return false }
        return executed.execution.dataBytes > Self.maximumBytes
    }

    /// Serializes the outcome: on the current thread, or on the executor for long work if it may take long.
    func serialized<Response: Sendable>(_ serialize: @Sendable (OperationOutcome) -> Response) async -> Response {
        guard isLong else { return serialize(self) }
        return await withTaskExecutorPreference(LongWorkExecutor.shared) { serialize(self) }
    }
}
