private import CLibcurl
private import CLibcurlShims

/// Exchanges over cleartext HTTP/1.1 without libcurl.
///
/// PERF: measured; an exchange by libcurl takes 84,000 instructions and two system calls more. libcurl makes all exchanges that are not
/// a `GET`, use a proxy, have a speed limit, or need the address of a name.
extension CurlEventLoop {
    /// Begins an exchange; returns false if libcurl has to make it.
    func beginHTTP1(_ assignment: CurlExchange.Assignment) throws(TransportError) -> Bool {
        guard let origin = assignment.origin.http1, !mayUseProxy(assignment), configuration.lowSpeedLimit == nil,
            assignment.request.method == "GET", assignment.request.body == nil,
            let address = origin.address(at: now)
        else { return false }
        while let connection = origin.idle.popLast() {
            guard now < connection.idleSince.advanced(by: HTTP1Connections.maximumIdleTime), connection.isQuiet else {
                close(connection)
                continue
            }
            begin(assignment, on: connection)
            return true
        }
        return try connect(to: address, for: assignment, wasSent: false)
    }

    /// Whether a request may go through a proxy.
    func mayUseProxy(_ assignment: CurlExchange.Assignment) -> Bool {
        (assignment.request.connection ?? configuration.connection).mayUseProxy
    }

    /// Opens a connection for an exchange; returns false if libcurl must do it.
    private func connect(
        to address: SocketAddress,
        for assignment: CurlExchange.Assignment,
        wasSent: Bool
    ) throws(TransportError) -> Bool {
        guard makeRoom() else { return false }
        do throws(HTTP1Connection.ConnectFailure) {
            let connection = try HTTP1Connection(
                to: address,
                origin: assignment.origin,
                maximumContentBytes: max(0, configuration.maximumResponseBytes)
            )
            let whole = configuration.connectTimeout
            connection.connectDeadline = now.advanced(by: assignment.origin.http1?.connectTimeout(whole) ?? whole)
            connection.wasSentBefore = wasSent
            earliestDeadline = min(earliestDeadline, connection.connectDeadline)
            http1.add(connection)
            limitLibrary()
            poller.didOpen(connection.descriptor)
            poller.watch(connection.descriptor, reading: false, writing: true)
            begin(assignment, on: connection)
            return true
        } catch {
            if error.code == .couldNotConnect, assignment.origin.http1?.forgetAddress() == true { return false }
            throw .exchange(error.code, origin: assignment.origin.text, mayHaveBeenSent: wasSent, isConnected: false)
        }
    }

    private func begin(_ assignment: CurlExchange.Assignment, on connection: HTTP1Connection) {
        assignment.origin.activeCount += 1
        http1.begin(connection)
        connection.begin(assignment, request: requestBytes(of: assignment))
        if connection.phase == .sending { act(on: connection, connection.send()) }
    }

    /// The bytes of the request.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-3
    private func requestBytes(of assignment: CurlExchange.Assignment) -> [UInt8] {
        let (origin, fields) = (assignment.origin, assignment.headerList)
        let target = assignment.request.url.utf8.dropFirst(origin.text.utf8.count)
        let host = fields.hasHost ? HTTP1Origin.version : origin.http1?.versionAndHost ?? HTTP1Origin.version
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + target.count + host.count + fields.http1Lines.count)
        bytes.append(contentsOf: "GET ".utf8)
        if target.first != UInt8(ascii: "/") { bytes.append(UInt8(ascii: "/")) }
        bytes.append(contentsOf: target)
        bytes.append(contentsOf: host)
        bytes.append(contentsOf: fields.http1Lines)
        bytes.append(contentsOf: "\r\n".utf8)
        return bytes
    }

    // MARK: - Events

    /// Handles an event of a connection's socket.
    func act(on connection: HTTP1Connection, _ event: SocketPoller.Event) {
        switch connection.phase {
        case .idle:
            // The upstream closed it, or sent bytes that belong to no response.
            connection.origin.http1?.idle.removeAll { $0 === connection }
            close(connection)
        case .connecting:
            do throws(HTTP1Connection.ConnectFailure) {
                try connection.finishConnecting()
                poller.watch(connection.descriptor, reading: true, writing: false)
                act(on: connection, connection.send())
            } catch {
                connectionFailed(connection, error)
            }
        case .sending:
            if event.isWritable { act(on: connection, connection.send()) }
            // An upstream may respond before it has received the whole request.
            if event.isReadable || event.isBroken, connection.phase == .sending { receive(connection) }
        case .receiving:
            receive(connection)
        }
    }

    private func receive(_ connection: HTTP1Connection) {
        act(on: connection, connection.receive(into: &http1.buffer))
    }

    private func act(on connection: HTTP1Connection, _ outcome: HTTP1Connection.Outcome) {
        switch outcome {
        case .waiting:
            let isSending = connection.phase == .sending
            poller.watch(connection.descriptor, reading: true, writing: isSending)
        case .complete:
            end(connection, connection.result(decoding: configuration.acceptsCompression))
        case .failed(let code):
            guard connection.failedByEarlierExchange(code) else { return end(connection, .failure(code)) }
            sendAgain(connection)
        }
    }

    /// Sends a request again on a new connection, because the connection on which it was sent is not usable any more.
    private func sendAgain(_ connection: HTTP1Connection) {
        guard let assignment = release(connection) else { return }
        close(connection)
        do throws(TransportError) {
            guard let address = assignment.origin.http1?.address(at: now),
                try connect(to: address, for: assignment, wasSent: true)
            else { return try beginByLibrary(assignment) }
        } catch {
            fail(assignment, error)
        }
    }

    private func connectionFailed(_ connection: HTTP1Connection, _ failure: HTTP1Connection.ConnectFailure) {
        guard failure.code == .couldNotConnect, connection.origin.http1?.forgetAddress() == true else {
            return end(connection, .failure(failure.code))
        }
        handToLibrary(connection)
    }

    /// Passes an exchange whose connection was not established to libcurl, because the name may have another address.
    private func handToLibrary(_ connection: HTTP1Connection) {
        guard let assignment = release(connection) else { return }
        close(connection)
        do throws(TransportError) {
            try beginByLibrary(assignment)
        } catch {
            fail(assignment, error)
        }
    }

    // MARK: - Ending

    private func end(_ connection: HTTP1Connection, _ result: HTTP1Connection.Result) {
        let (mayHaveSent, isConnected) = (connection.mayHaveSent, connection.phase != .connecting)
        guard let assignment = release(connection) else { return }
        switch result {
        case .success(let response):
            if connection.canBeReused, let origin = connection.origin.http1 {
                connection.becomeIdle(at: now)
                origin.idle.append(connection)
                closeAged(of: origin)
            } else {
                close(connection)
            }
            complete(assignment.batch, assignment.index, .success(response))
        case .failure(let code):
            close(connection)
            let origin = assignment.origin.text
            fail(assignment, .exchange(code, origin: origin, mayHaveBeenSent: mayHaveSent, isConnected: isConnected))
        }
    }

    /// Removes the request from a connection.
    private func release(_ connection: HTTP1Connection) -> CurlExchange.Assignment? {
        guard let assignment = connection.assignment else { return nil }
        connection.assignment = nil
        http1.end(connection)
        assignment.origin.activeCount -= 1
        return assignment
    }

    /// Ends the exchanges whose deadlines have passed, and those that are not connected in time.
    func endOverdueHTTP1Exchanges() {
        let epoch = now
        for connection in http1.busy.reversed() where connection.deadline <= epoch {
            guard connection.phase == .connecting, connection.origin.http1?.forgetAddress() == true,
                connection.assignment.map({ $0.deadline > epoch }) ?? false
            else {
                end(connection, .failure(.timedOut))
                continue
            }
            handToLibrary(connection)
        }
    }

    /// Ends exchanges.
    func endHTTP1Exchanges(
        where isConcerned: (HTTP1Connection) -> Bool,
        because error: (HTTP1Connection) -> TransportError
    ) {
        for connection in http1.busy.reversed() where isConcerned(connection) {
            let reason = error(connection)
            guard let assignment = release(connection) else { continue }
            close(connection)
            fail(assignment, reason)
        }
    }

    /// Closes all connections, none of which has an exchange.
    func closeHTTP1Connections() {
        for connection in http1.all { close(connection) }
    }

    /// Closes the connections of an upstream that have been idle for too long.
    private func closeAged(of origin: HTTP1Origin) {
        while let first = origin.idle.first, now >= first.idleSince.advanced(by: HTTP1Connections.maximumIdleTime) {
            origin.idle.removeFirst()
            close(first)
        }
    }

    private func close(_ connection: HTTP1Connection) {
        poller.willClose(connection.descriptor)
        http1.remove(connection)
        connection.close()
        limitLibrary()
    }

    // MARK: - The limit of connections

    /// Makes one more connection fit the limit, by closing an idle one if necessary; returns false if libcurl must wait for one instead.
    private func makeRoom() -> Bool {
        // A quarter of the limit is for libcurl, however many upstreams do not use it.
        let limit = configuration.maximumConnections
        if http1.count < limit / 4 * 3, http1.count + librarySocketCount < limit { return true }
        guard let oldest = http1.longestIdle else { return false }
        oldest.origin.http1?.idle.removeAll { $0 === oldest }
        close(oldest)
        return http1.count + librarySocketCount < limit
    }

    /// Sets libcurl's limit of connections to the rest of the limit.
    private func limitLibrary() {
        let rest = max(1, configuration.maximumConnections - http1.count)
        // SAFETY: the handle is the loop's own.
        _ = unsafe gw_curl_multi_setopt_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, rest)
    }
}
