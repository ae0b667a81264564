private import CLibcurl
private import CLibcurlShims

extension CurlEventLoop {
    private static let maximumIdleExchanges = 256

    // MARK: - Beginning

    /// Starts an exchange for each request of a batch.
    func start(_ batch: TransportBatch) {
        for index in batch.requests.indices {
            if batch.isCancelled {
                batch.complete(index, with: .failure(.cancelled(mayHaveBeenSent: false)))
                continue
            }
            do throws(TransportError) {
                try start(batch, index)
            } catch {
                batch.complete(index, with: .failure(error))
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
        guard let exchange = idle.popLast() ?? makeExchange() else { throw .setUp("curl_easy_init") }
        do throws(TransportError) {
            try exchange.prepare(request, assignment)
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
        earliestDeadline = min(earliestDeadline, assignment.deadline)
    }

    /// Makes a new exchange; nil for want of resources.
    func makeExchange() -> CurlExchange? {
        unsafe try? CurlExchange(configuration, loop: opaque)
    }

    // MARK: - Ending

    /// Ends the exchanges that libcurl is done with.
    func endFinishedExchanges() {
        var result = CURLE_OK
        // SAFETY: the pointer is used during the call only, and every handle names the exchange that owns it.
        while let context = unsafe gw_curl_multi_next_finished(multi, &result) {
            let exchange = unsafe CurlExchange.fromOpaque(context)
            end(exchange) { exchange in exchange.outcome(of: result) }
        }
    }

    /// Ends the exchanges whose time is up.
    ///
    /// PERF: measured; looking at all exchanges once in a while costs less than libcurl's timer for each of them. It also
    /// reaches requests that still wait for a connection, which libcurl's own time limit does not.
    func endOverdueExchanges() {
        let moment = now
        endExchanges(where: { $0.deadline <= moment }, because: { $0.timeOut() })
        earliestDeadline = active.lazy.map(\.deadline).min() ?? .distantFuture
    }

    /// Ends the exchanges of a batch that is no longer wanted.
    func endExchanges(of batch: TransportBatch) {
        endExchanges(where: { $0.assignment?.batch === batch }, because: { $0.cancellation() })
    }

    /// Ends all exchanges because the transport is shut down.
    func endAllExchanges() {
        endExchanges(
            where: { _ in true },
            because: { exchange in .shutDown(mayHaveBeenSent: exchange.progress.timesSent > 0) }
        )
    }

    private func endExchanges(
        where isConcerned: (CurlExchange) -> Bool,
        because error: (CurlExchange) -> TransportError
    ) {
        // Backwards, because the last exchange moves to the place of the one that ends.
        for slot in active.indices.reversed() where isConcerned(active[slot]) {
            end(active[slot]) { exchange in .failure(error(exchange)) }
        }
    }

    private func end(_ exchange: CurlExchange, with outcome: (CurlExchange) -> TransportBatch.Outcome) {
        guard let assignment = exchange.assignment else { return }
        // SAFETY: the handle was added when the exchange became active.
        unsafe curl_multi_remove_handle(multi, exchange.easy)
        let result = outcome(exchange)
        let last = active.removeLast()
        if last !== exchange {
            active[exchange.slot] = last
            last.slot = exchange.slot
        }
        retire(exchange)
        assignment.batch.complete(assignment.index, with: result)
    }

    private func retire(_ exchange: CurlExchange) {
        exchange.recycle()
        if idle.count < CurlEventLoop.maximumIdleExchanges { idle.append(exchange) }
    }
}
