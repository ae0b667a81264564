internal import GraphQL

extension OperationOutcome {
    /// The most bytes of upstream responses up to which a result is serialized on the connection's own thread.
    ///
    /// Serializing takes about 13 instructions per byte of the response, so that half a megabyte takes a few milliseconds.
    private static let maximumBytes = 512 << 10

    /// The most bytes of a result that is written on the connection's own thread: many fields can repeat few bytes of the upstream.
    static let maximumBytesAtOnce = 256 << 10

    /// Serializes the outcome on the current thread.
    ///
    /// - Parameters:
    ///   - maximumBytes: the most bytes of the result.
    ///   - serialize: returns the response; nil if the result has more than the given bytes.
    /// - Returns: the response; nil: serialization takes long.
    func serializedAtOnce<Response>(
        atMost maximumBytes: Int = maximumBytesAtOnce,
        _ serialize: (OperationOutcome, _ maximumBytes: Int) -> Response?
    ) -> Response? {
        if case .executed(let executed) = self, executed.execution.dataBytes > Self.maximumBytes { return nil }
        return serialize(self, maximumBytes)
    }

    /// Serializes the outcome: on the current thread, or on the executor for long work if it takes long.
    ///
    /// - Parameters:
    ///   - maximumBytes: the most bytes of a result that is written on the current thread.
    ///   - serialize: returns the response; nil if the result has more than the given bytes.
    /// - Returns: the response; nil only if it is nil for any number of bytes.
    func serialized<Response: Sendable>(
        atMost maximumBytes: Int = maximumBytesAtOnce,
        _ serialize: @Sendable (OperationOutcome, _ maximumBytes: Int) -> Response?
    ) async -> Response? {
        if let response = serializedAtOnce(atMost: maximumBytes, serialize) { return response }
        return await withTaskExecutorPreference(LongWorkExecutor.shared) { serialize(self, .max) }
    }
}
