internal import Gateway
private import Synchronization

/// The key of the JSON-RPC sockets, from the file that the current configuration names.
final class SocketKey: Sendable {
    private let state: Mutex<KeyFile?>

    init(_ file: KeyFile?) {
        state = Mutex(file)
    }

    /// The current file; nil: none.
    var file: KeyFile? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    /// The caller of messages; nil: connections authenticate by themselves.
    var caller: Caller? { file.map { Caller(credential: $0.credential) } }
}
