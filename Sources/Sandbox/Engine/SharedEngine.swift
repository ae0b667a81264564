internal import Synchronization

/// The one engine that all connections of a server speak to.
final class SharedEngine: Sendable {
    private let engine: Mutex<SandboxEngine>

    /// Shares an engine.
    init(_ engine: sending SandboxEngine) {
        self.engine = Mutex(engine)
    }

    /// Does something with the engine while nobody else does.
    func withEngine<Result: Sendable>(_ body: (inout SandboxEngine) -> Result) -> Result {
        engine.withLock { engine in body(&engine) }
    }
}
