internal import Gateway
private import Synchronization

/// The key of the sockets beside HTTP: that of the file which the present configuration names.
final class SocketKey: Sendable {
    private let state: Mutex<KeyFile?>

    init(_ file: KeyFile?) {
        state = Mutex(file)
    }

    /// The file at this time; nil: there is none.
    var file: KeyFile? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    /// In whose name messages are called at this time; nil: connections say it themselves.
    var caller: Caller? { file.map { Caller(credential: $0.credential) } }
}
