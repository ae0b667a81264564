private import CLibcurlShims
private import Glibc
private import Synchronization

/// The transport on libcurl: one thread of its own that drives any number of exchanges.
///
/// It does not follow redirects, store cookies or read `.netrc`, and ignores the environment's proxies unless a request's connection
/// uses them.
package final class CurlTransport: Transport {
    private let intake: TransportIntake
    private let executorForLongContent: (any TaskExecutor)?
    private let thread: Mutex<pthread_t?>

    /// The most bytes of content that are received on the caller's executor: the slowest JSON, of nothing but brackets, is parsed at 50 bytes
    /// a microsecond.
    private static let mostBytesOnCallersExecutor = 256 << 10

    /// Starts the thread.
    ///
    /// - Parameter configuration: limits and options of all exchanges.
    /// - Throws: `other` if the system lacks resources, or libcurl does not accept an option.
    package init(configuration: CurlTransportConfiguration = CurlTransportConfiguration()) throws(TransportError) {
        intake = try TransportIntake()
        executorForLongContent = configuration.executorForLongContent
        let loop = try CurlEventLoop(configuration: configuration, intake: intake)
        thread = Mutex(try CurlTransport.startThread(running: loop))
    }

    deinit {
        guard let thread = thread.withLock({ $0 }) else { return }
        intake.requestStop()
        pthread_detach(thread)
    }

    package func send(
        _ requests: [TransportRequest],
        receive: (Int, Result<TransportResponse, TransportError>) -> Void
    ) async {
        guard !requests.isEmpty else { return }
        guard !Task.isCancelled else {
            for position in requests.indices { receive(position, .failure(.cancelled(mayHaveBeenSent: false))) }
            return
        }
        let batch = TransportBatch(requests)
        guard intake.submit(.start(batch)) else {
            for position in requests.indices { receive(position, .failure(.shutDown(mayHaveBeenSent: false))) }
            return
        }
        await withTaskCancellationHandler {
            while let results = await batch.next() {
                for (position, outcome) in results {
                    guard let executorForLongContent, outcome.contentBytes > Self.mostBytesOnCallersExecutor else {
                        receive(position, outcome)
                        continue
                    }
                    await withTaskExecutorPreference(executorForLongContent) { receive(position, outcome) }
                }
            }
        } onCancel: {
            _ = intake.submit(.cancel(batch))
        }
    }

    /// Ends all exchanges with the error `shutDown`, closes all connections, and returns when the thread has ended.
    package func shutDown() async {
        intake.requestStop()
        await intake.waitUntilStopped()
        let ended = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        // The thread has nothing left to do but return, so this does not block for long.
        if let ended { pthread_join(ended, nil) }
    }

    private static func startThread(running loop: CurlEventLoop) throws(TransportError) -> pthread_t {
        var thread = pthread_t()
        // SAFETY: the loop is retained for the thread, which releases it. Nobody else has a reference to it.
        let context = unsafe Unmanaged.passRetained(loop).toOpaque()
        let code = unsafe pthread_create(
            &thread,
            nil,
            { context in
                guard let context = unsafe context else { return nil }
                let loop = unsafe Unmanaged<CurlEventLoop>.fromOpaque(context).takeRetainedValue()
                CurlTransport.configureThread()
                loop.run()
                return nil
            },
            context
        )
        guard code == 0 else {
            unsafe Unmanaged<CurlEventLoop>.fromOpaque(context).release()
            throw .setUp("pthread_create")
        }
        return thread
    }

    private static func configureThread() {
        var signals = sigset_t()
        // SAFETY: the pointers are used during the calls only.
        unsafe sigfillset(&signals)
        // Signals are handled by the program's other threads; a write to a closed connection must raise none here.
        unsafe pthread_sigmask(SIG_SETMASK, &signals, nil)
        unsafe gw_curl_name_thread("upstream")
    }
}

extension TransportBatch.Outcome {
    /// The number of bytes of the response's content; 0: there is no response.
    fileprivate var contentBytes: Int {
        switch self {
        case .success(let response): response.body.count
        case .failure: 0
        }
    }
}
