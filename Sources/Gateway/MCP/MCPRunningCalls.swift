internal import JSONRPC
private import Synchronization

/// The tool calls of sessions that are in progress, which their clients may cancel.
///
/// https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/cancellation
final class MCPRunningCalls: Sendable {
    /// A request: many clients with one key count theirs from the same number, so that an id says nothing without its session.
    struct Name: Hashable {
        let session: String
        let id: RPCID
    }

    private let tasks = Mutex<[Name: Task<RPCCallResult, Never>]>([:])

    /// Carries out a call.
    ///
    /// - Parameters:
    ///   - name: by what its client names it; of two calls of the same name, only the later one can be cancelled.
    ///   - call: the call.
    /// - Returns: its result; that it was cancelled, if that comes first.
    func run(_ name: Name, _ call: @escaping @Sendable () async -> RPCCallResult) async -> RPCCallResult {
        let task = Task { await call() }
        tasks.withLock { $0[name] = task }
        defer {
            tasks.withLock { tasks in
                if tasks[name] == task { tasks[name] = nil }
            }
        }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Cancels a call, if it is in progress.
    func cancel(_ name: Name) { tasks.withLock { $0[name] }?.cancel() }
}
