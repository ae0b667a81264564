internal import Synchronization

/// The one engine that all connections of a server use.
final class SharedEngine: Sendable {
    private let engine: Mutex<SandboxEngine>

    /// Shares an engine.
    init(_ engine: sending SandboxEngine) {
        self.engine = Mutex(engine)
    }

    /// Runs a function with exclusive access to the engine.
    func withEngine<Result: Sendable>(_ body: (inout SandboxEngine) -> Result) -> Result {
        engine.withLock { engine in body(&engine) }
    }
}
