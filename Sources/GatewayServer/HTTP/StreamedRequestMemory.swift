/// The memory of a request whose response is a stream: the stream has the request to its end, so that it is counted as long.
struct StreamedRequestMemory {
    private let monitor: ConnectionMonitor
    private var bytes = 0

    init(_ monitor: ConnectionMonitor) { self.monitor = monitor }

    /// Releases the memory of a request that has its response, or that of a stream when the stream ends.
    ///
    /// - Parameters:
    ///   - requestBytes: the memory of the request, in bytes.
    ///   - response: its response.
    ///   - isOpen: whether the response can still be sent.
    mutating func release(_ requestBytes: Int, of response: HTTPResponse, isOpen: Bool) {
        if case .stream = response.body, isOpen, bytes == 0 {
            bytes = requestBytes
        } else {
            monitor.changeUse(by: -requestBytes)
        }
    }

    /// Releases the memory of the stream's request, if there is a stream.
    mutating func streamDidEnd() {
        monitor.changeUse(by: -bytes)
        bytes = 0
    }
}
