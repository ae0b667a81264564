private import CLibcurl
private import Glibc

/// A connection to an upstream over cleartext HTTP/1.1, for one exchange after the other.
///
/// Confined to the transport's thread. It reads and writes; the event loop handles the outcome.
final class HTTP1Connection {
    /// The state of the connection.
    enum Phase {
        case connecting, sending, receiving, idle
    }

    /// The outcome of an attempt to read or write.
    enum Outcome {
        /// The socket is not ready for more.
        case waiting
        /// The response is complete.
        case complete
        /// There will be no response.
        case failed(TransportError.Code)
    }

    /// The socket.
    let descriptor: Int32
    /// The upstream to which it is connected.
    let origin: CurlOrigin
    /// The present state.
    private(set) var phase = Phase.connecting
    /// The request in progress; nil while the connection is idle.
    var assignment: CurlExchange.Assignment?
    /// The index in the event loop's list of busy connections.
    var slot = 0
    /// Whether an earlier exchange took place on it.
    private(set) var isReused = false
    /// The time by which it must be connected.
    var connectDeadline = MonotonicTime.distantFuture
    /// Whether the request has been sent on another connection before.
    var wasSentBefore = false
    /// The time since which it has been idle.
    var idleSince = MonotonicTime.distantFuture
    /// The response so far.
    var reader: HTTP1ResponseReader

    private var request: [UInt8] = []
    private var sentCount = 0
    let maximumContentBytes: Int

    /// Begins to connect.
    ///
    /// - Throws: `resourcesExhausted` or `couldNotConnect`.
    init(
        to address: SocketAddress,
        origin: CurlOrigin,
        maximumContentBytes: Int
    ) throws(HTTP1Connection.ConnectFailure) {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        descriptor = socket(address.family, type, 0)
        self.origin = origin
        self.maximumContentBytes = maximumContentBytes
        reader = HTTP1ResponseReader(maximumContentBytes: maximumContentBytes)
        guard descriptor >= 0 else { throw ConnectFailure(number: errno) }
        setOption(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        setOption(SOL_SOCKET, SO_KEEPALIVE, 1)
        setOption(Int32(IPPROTO_TCP), TCP_KEEPIDLE, 60)
        setOption(Int32(IPPROTO_TCP), TCP_KEEPINTVL, 60)
        let number = address.connect(descriptor)
        guard number == 0 || number == EINPROGRESS else {
            Glibc.close(descriptor)
            throw ConnectFailure(number: number)
        }
    }

    /// Closes the socket.
    func close() {
        Glibc.close(descriptor)
    }

    /// The failure to establish a connection.
    struct ConnectFailure: Error {
        /// The `errno` of the failure.
        let number: Int32

        /// The kind of failure.
        var code: TransportError.Code {
            LocalShortage.isShortage(number) || number == EADDRNOTAVAIL ? .resourcesExhausted : .couldNotConnect
        }
    }

    /// Checks whether the connection has been established.
    func finishConnecting() throws(ConnectFailure) {
        var number: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        // SAFETY: the pointers are used during the call only.
        guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size) == 0 else {
            throw ConnectFailure(number: errno)
        }
        guard number == 0 else { throw ConnectFailure(number: number) }
        phase = .sending
    }

    /// Takes a request, which is sent as soon as the connection is established.
    func begin(_ assignment: CurlExchange.Assignment, request: [UInt8]) {
        self.assignment = assignment
        self.request = request
        sentCount = 0
        if phase == .idle {
            isReused = true
            phase = .sending
            reader = HTTP1ResponseReader(maximumContentBytes: maximumContentBytes)
        }
    }

    /// Removes the request, and waits for another.
    func becomeIdle(at now: MonotonicTime) {
        phase = .idle
        assignment = nil
        idleSince = now
        request = []
        wasSentBefore = false
    }

    /// Whether the upstream may have seen the request.
    var mayHaveSent: Bool { sentCount > 0 || wasSentBefore }

    /// The time by which the exchange must be over, or the connection established if that is earlier.
    var deadline: MonotonicTime {
        let deadline = assignment?.deadline ?? .distantFuture
        return phase == .connecting ? min(deadline, connectDeadline) : deadline
    }

    /// Whether a failure most likely results from the state in which an earlier exchange left the connection, not from the request.
    ///
    /// The upstream closed it before it received the request, or the bytes received were the rest of an earlier response.
    func failedByEarlierExchange(_ code: TransportError.Code) -> Bool {
        guard isReused else { return false }
        return code == .closedEarly ? !reader.hasBegun : code == .malformedResponse && !reader.hasStatusLine
    }

    /// Whether another request can be sent after the complete response.
    ///
    /// An upstream may respond before it has received the whole request: then the rest of it would precede the next one.
    var canBeReused: Bool { phase == .receiving && reader.keepsConnection }

    /// Whether nothing was received since the last response: neither the end nor bytes that would pass for the next response.
    ///
    /// Such bytes must not reach the caller of another request, who may have another key.
    var isQuiet: Bool { peek() < 0 && errno == EAGAIN }

    /// The number of bytes to be received, at most 1; 0 at the end of the connection, negative if there are none yet.
    private func peek() -> Int {
        var byte: UInt8 = 0
        // SAFETY: the pointer is used during the call only.
        return unsafe recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
    }

    // MARK: - Bytes

    /// Sends the bytes that the socket accepts.
    ///
    /// Bytes received before the first byte of the request was sent are no response to it; an idle connection was checked already.
    func send() -> Outcome {
        if sentCount == 0, !isReused, peek() > 0 { return .failed(.malformedResponse) }
        while sentCount < request.count {
            let position = sentCount
            // SAFETY: the sent bytes are within the buffer.
            let count = unsafe request.withUnsafeBytes { bytes in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[position...])
                return unsafe Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                sentCount += count
            } else if errno == EAGAIN {
                return .waiting
            } else if errno != EINTR {
                return .failed(.closedEarly)
            }
        }
        phase = .receiving
        return .waiting
    }

    /// Receives the bytes that the socket has.
    ///
    /// - Parameter buffer: the space for the bytes of one system call.
    /// - Returns: whether the response is complete.
    func receive(into buffer: inout [UInt8]) -> Outcome {
        // Other connections wait too, so this ends even if an upstream sends faster than it reads.
        for _ in 0..<16 {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe recv(descriptor, bytes.baseAddress, bytes.count, 0)
            }
            let step: HTTP1ResponseReader.Step
            switch count {
            case 1... where sentCount == 0: step = .failed(.malformedResponse)
            case 1...: step = reader.receive(buffer.span.extracting(0..<count))
            case 0: step = reader.receiveEnd()
            default:
                if errno == EINTR { continue }
                if errno == EAGAIN { return .waiting }
                step = .failed(reader.isHeadComplete ? .truncated : .closedEarly)
            }
            switch step {
            case .complete: return .complete
            case .failed(let code): return .failed(code)
            case .incomplete: if count < buffer.count { return .waiting }
            }
        }
        return .waiting
    }

    private func setOption(_ level: Int32, _ name: Int32, _ value: Int32) {
        var value = value
        // SAFETY: the pointer is used during the call only.
        _ = unsafe setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
