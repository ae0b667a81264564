internal import JSONRPC
private import Synchronization

/// The tool calls of sessions that are in progress, which their clients may cancel.
///
/// https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/cancellation
final class MCPRunningCalls: Sendable {
    /// Identifies a request: clients number their requests alike, so that an id is only unique in its session.
    struct Name: Hashable {
        let session: String
        let id: RPCID
    }

    private let tasks = Mutex<[Name: Task<RPCCallResult, Never>]>([:])

    /// Executes a call that its client can cancel.
    ///
    /// - Parameters:
    ///   - name: the request; of two calls with the same name, only the later one can be cancelled.
    ///   - call: the call.
    /// - Returns: its result, or the error that it was cancelled.
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
