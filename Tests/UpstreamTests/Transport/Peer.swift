import Glibc

/// The server's end of one connection.
struct Peer {
    /// The connection's number, from 1.
    let number: Int

    private let descriptor: Int32
    private let server: SocketServer

    init(descriptor: Int32, number: Int, server: SocketServer) {
        self.descriptor = descriptor
        self.number = number
        self.server = server
    }

    /// Reads one request with its content; nil at the end of the connection.
    func readRequest() -> ReceivedRequest? {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let byte = read(1)?.first else { return nil }
            head.append(byte)
        }
        var request = ReceivedRequest(
            connection: number,
            head: String(decoding: head.dropLast(4), as: UTF8.self),
            body: []
        )
        let length = request.lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { line in Int(line.drop { $0 != ":" }.dropFirst(2)) }
        while let length, request.body.count < length {
            guard let part = read(length - request.body.count) else { return nil }
            request.body += part
        }
        server.record(request)
        return request
    }

    /// Writes all bytes, or as many as the client takes.
    func write(_ bytes: [UInt8]) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { part in
                unsafe send(descriptor, part.baseAddress, part.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            written += count
        }
    }

    /// Writes a text.
    func write(_ text: String) {
        write(Array(text.utf8))
    }

    /// Returns when the client has closed the connection.
    func waitForClose() {
        while read(4096) != nil {}
    }

    /// Waits this long for the client to close the connection; returns whether it did.
    func isClosed(within milliseconds: Int32) -> Bool {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // SAFETY: the pointer is used during the call only.
        return unsafe poll(&watched, 1, milliseconds) == 1 && read(1) == nil
    }

    /// Shuts the sending side, so that the client sees the end.
    func endWriting() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Ends the connection with a reset instead of an orderly end, once the peer is released.
    func resetWhenClosed() {
        var option = linger(l_onoff: 1, l_linger: 0)
        // SAFETY: the pointer is used during the call only.
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        // SAFETY: the array has room for as many bytes as are asked for.
        let received = unsafe recv(descriptor, &bytes, count, 0)
        return received > 0 ? Array(bytes.prefix(received)) : nil
    }
}
