private import CLibcurl
private import CLibcurlShims

extension CurlEventLoop {
    private static let maximumIdleExchanges = 256

    // MARK: - Beginning

    /// Starts an exchange for each request of a batch.
    func start(_ batch: TransportBatch) {
        for index in batch.requests.indices {
            if batch.isCancelled {
                complete(batch, index, .failure(.cancelled(mayHaveBeenSent: false)))
                continue
            }
            do throws(TransportError) {
                try start(batch, index)
            } catch {
                complete(batch, index, .failure(error))
            }
        }
    }

    private func start(_ batch: TransportBatch, _ index: Int) throws(TransportError) {
        let request = batch.requests[index]
        let assignment = CurlExchange.Assignment(
            batch: batch,
            index: index,
            origin: try origins.origin(ofURL: request.url),
            headerList: try headerLists.list(for: request),
            deadline: now.advanced(by: request.timeout)
        )
        earliestDeadline = min(earliestDeadline, assignment.deadline)
        let origin = assignment.origin
        guard origin.activeCount >= maximumActiveCount || !origin.waiting.isEmpty else {
            return try begin(assignment)
        }
        // PERF: measured; libcurl has a queue of its own for requests beyond its limits, but with 1,000 requests in it each
        // exchange costs nearly twice as much.
        if origin.waiting.isEmpty { crowdedOrigins.append(origin) }
        origin.waiting.append(assignment)
    }

    /// Starts exchanges for requests that wait, up to the limits; returns whether it has started any.
    func startWaiting() -> Bool {
        guard !crowdedOrigins.isEmpty else { return false }
        var hasStarted = false
        for origin in crowdedOrigins {
            while origin.activeCount < maximumActiveCount, let assignment = origin.waiting.popFirst() {
                hasStarted = true
                do throws(TransportError) {
                    try begin(assignment)
                } catch {
                    fail(assignment, error)
                }
            }
        }
        crowdedOrigins.removeAll { $0.waiting.isEmpty }
        return hasStarted
    }

    private var maximumActiveCount: Int { max(1, configuration.maximumConnectionsPerHost) }

    private func begin(_ assignment: CurlExchange.Assignment) throws(TransportError) {
        guard try !beginHTTP1(assignment) else { return }
        try beginByLibrary(assignment)
    }

    /// Starts an exchange on a handle of libcurl.
    func beginByLibrary(_ assignment: CurlExchange.Assignment) throws(TransportError) {
        guard let exchange = idle.popLast() ?? makeExchange() else { throw .setUp("curl_easy_init") }
        do throws(TransportError) {
            try exchange.prepare(assignment)
            // SAFETY: the handle is idle; the loop removes it before it is used otherwise.
            guard unsafe curl_multi_add_handle(multi, exchange.easy) == CURLM_OK else {
                throw .setUp("curl_multi_add_handle")
            }
        } catch {
            retire(exchange)
            throw error
        }
        exchange.slot = active.count
        active.append(exchange)
        assignment.origin.activeCount += 1
    }

    /// Makes a new exchange; nil if the system lacks resources.
    func makeExchange() -> CurlExchange? {
        unsafe try? CurlExchange(configuration, loop: opaque)
    }

    // MARK: - Ending

    /// Ends the exchanges that libcurl has finished.
    func endFinishedExchanges() {
        var result = CURLE_OK
        // SAFETY: the pointer is used during the call only, and every handle names the exchange that owns it.
        while let context = unsafe gw_curl_multi_next_finished(multi, &result) {
            let exchange = unsafe CurlExchange.fromOpaque(context)
            end(exchange) { exchange in exchange.outcome(of: result) }
        }
    }

    /// Ends the exchanges whose deadlines have passed.
    ///
    /// Unlike libcurl's own timeout, this covers requests that still wait for a connection. It checks all exchanges, but only when the
    /// earliest deadline of the last check has passed, which is rare: most end long before theirs.
    func endOverdueExchanges() {
        let epoch = now
        endExchanges(
            where: { $0.deadline <= epoch },
            because: { exchange, _ in exchange?.timeOut() ?? .timedOutWaiting }
        )
        endOverdueHTTP1Exchanges()
        let deadlines = active.lazy.compactMap { $0.assignment?.deadline }
        earliestDeadline = crowdedOrigins.lazy.map(\.waiting.earliestDeadline).min() ?? .distantFuture
        earliestDeadline = min(earliestDeadline, deadlines.min() ?? .distantFuture, http1.earliestDeadline)
    }

    /// Ends the exchanges of a cancelled batch.
    func endExchanges(of batch: TransportBatch) {
        endExchanges(where: { $0.batch === batch }, because: { _, wasSent in .cancelled(mayHaveBeenSent: wasSent) })
        endHTTP1Exchanges(
            where: { $0.assignment?.batch === batch },
            because: { .cancelled(mayHaveBeenSent: $0.mayHaveSent) }
        )
    }

    /// Ends all exchanges because the transport is shut down.
    func endAllExchanges() {
        endExchanges(where: { _ in true }, because: { _, wasSent in .shutDown(mayHaveBeenSent: wasSent) })
        endHTTP1Exchanges(where: { _ in true }, because: { .shutDown(mayHaveBeenSent: $0.mayHaveSent) })
        closeHTTP1Connections()
    }

    /// Ends exchanges and removes waiting requests.
    ///
    /// - Parameters:
    ///   - isConcerned: whether an exchange or request is to be ended.
    ///   - error: makes the error of an exchange, or of a waiting request without one, given whether it may have been sent.
    private func endExchanges(
        where isConcerned: (CurlExchange.Assignment) -> Bool,
        because error: (CurlExchange?, Bool) -> TransportError
    ) {
        for origin in crowdedOrigins {
            for assignment in origin.waiting.removeAll(where: isConcerned) { fail(assignment, error(nil, false)) }
        }
        crowdedOrigins.removeAll { $0.waiting.isEmpty }
        // Backwards, because the last exchange takes the slot of the one that ends.
        for slot in active.indices.reversed() {
            let exchange = active[slot]
            guard let assignment = exchange.assignment, isConcerned(assignment) else { continue }
            end(exchange) { exchange in .failure(error(exchange, exchange.progress.timesSent > 0)) }
        }
    }

    /// Records a result; its caller is resumed at the end of the turn.
    func complete(_ batch: TransportBatch, _ index: Int, _ outcome: TransportBatch.Outcome) {
        if batch.record(index, outcome) { batchesToResume.append(batch) }
    }

    /// Records that there is no response.
    func fail(_ assignment: CurlExchange.Assignment, _ error: TransportError) {
        complete(assignment.batch, assignment.index, .failure(error))
    }

    private func end(_ exchange: CurlExchange, with outcome: (CurlExchange) -> TransportBatch.Outcome) {
        guard let assignment = exchange.assignment else { return }
        // SAFETY: the handle was added when the exchange became active.
        unsafe curl_multi_remove_handle(multi, exchange.easy)
        let result = outcome(exchange)
        // An exchange through a proxy has connected to the proxy's address.
        if case .success = result, let http1 = assignment.origin.http1, !mayUseProxy(assignment) {
            learnAddress(of: exchange, http1)
        }
        let last = active.removeLast()
        if last !== exchange {
            active[exchange.slot] = last
            last.slot = exchange.slot
        }
        assignment.origin.activeCount -= 1
        retire(exchange)
        complete(assignment.batch, assignment.index, result)
    }

    /// Stores the address of an upstream that libcurl has looked up, so that further requests do not need libcurl.
    private func learnAddress(of exchange: CurlExchange, _ origin: HTTP1Origin) {
        guard origin.address(at: now) == nil, let address = unsafe gw_curl_primary_ip(exchange.easy) else { return }
        unsafe origin.learn(address: String(cString: address), at: now)
    }

    private func retire(_ exchange: CurlExchange) {
        exchange.recycle()
        if idle.count < CurlEventLoop.maximumIdleExchanges { idle.append(exchange) }
    }
}
