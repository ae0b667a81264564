private import CLibcurl
private import CLibcurlShims

/// Drives all exchanges on libcurl's multi handle.
///
/// Confined to the transport's thread once that runs.
///
/// libcurl's callbacks state which sockets to watch and when to call it next:
/// https://curl.se/libcurl/c/curl_multi_socket_action.html
@safe
final class CurlEventLoop {
    /// libcurl's handle.
    let multi: UnsafeMutableRawPointer
    /// The configuration that all exchanges share.
    let configuration: CurlTransportConfiguration
    /// Watches libcurl's sockets.
    var poller: SocketPoller
    /// The present time, read once per turn of the loop.
    private(set) var now = MonotonicTime.now()
    /// The time at which to call libcurl next.
    var nextCurlTimeout = MonotonicTime.distantFuture
    /// No deadline of an active exchange is earlier than this.
    var earliestDeadline = MonotonicTime.distantFuture

    /// The exchanges in progress on libcurl; `slot` of each is its index.
    var active: [CurlExchange] = []
    /// The connections that do not use libcurl.
    var http1 = HTTP1Connections()
    /// The number of sockets that libcurl has open.
    var librarySocketCount = 0
    /// The batches with new results whose callers have not been resumed.
    var batchesToResume: [TransportBatch] = []
    /// The exchanges, with their libcurl handles, that have no request.
    var idle: [CurlExchange] = []
    /// The upstreams of the latest requests.
    var origins = CurlOriginCache(capacity: 256)
    /// The upstreams for which requests wait.
    var crowdedOrigins: [CurlOrigin] = []
    /// The header lists of the latest requests.
    var headerLists: CurlHeaderListCache

    private let intake: TransportIntake
    private var isTornDown = false

    /// Makes a loop that takes its work from an intake.
    init(configuration: CurlTransportConfiguration, intake: TransportIntake) throws(TransportError) {
        guard CurlEventLoop.isLibraryReady, let multi = unsafe curl_multi_init() else {
            throw .setUp("curl_multi_init")
        }
        unsafe self.multi = multi
        self.configuration = configuration
        self.intake = intake
        headerLists = CurlHeaderListCache(defaults: CurlEventLoop.defaultHeaders(configuration), capacity: 256)
        do throws(TransportError) {
            poller = try SocketPoller(permanent: intake.wakeUpDescriptor)
        } catch {
            unsafe curl_multi_cleanup(multi)
            throw error
        }
        guard setUpOptions(), let exchange = makeExchange() else { throw .setUp("curl_multi_setopt") }
        // Making the first exchange verifies that libcurl accepts every option.
        idle.append(exchange)
    }

    deinit {
        tearDown()
    }

    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// The header fields of all requests.
    ///
    /// PERF: measured; libcurl formats the values of its options for these two fields twice for each request, and header fields
    /// once: 1 of 13 microseconds.
    private static func defaultHeaders(_ configuration: CurlTransportConfiguration) -> CurlHeaderList.Fields {
        var fields = [(name: "User-Agent", value: configuration.userAgent)]
        guard configuration.acceptsCompression, let library = unsafe curl_version_info(CURLVERSION_FIRST) else {
            return fields
        }
        let hasBrotli = unsafe library.pointee.features & CURL_VERSION_BROTLI != 0
        fields.append((name: "Accept-Encoding", value: hasBrotli ? "gzip, br" : "gzip"))
        return fields
    }

    private func setUpOptions() -> Bool {
        let limits = [
            (CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maximumConnectionsPerHost),
            (CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maximumConnections),
            // By default libcurl caches four times as many connections as it has exchanges at present, and closes the
            // others whenever a burst is over.
            (CURLMOPT_MAXCONNECTS, configuration.maximumConnections),
        ]
        for (option, limit) in limits {
            guard unsafe gw_curl_multi_setopt_long(multi, option, max(1, limit)) == CURLM_OK else { return false }
        }
        return setUpMultiCallbacks() == CURLM_OK
    }

    // MARK: - The thread

    /// Runs until the intake is stopped, then ends all exchanges and closes all connections.
    func run() {
        var commands: [TransportIntake.Command] = []
        var turnsWithoutSockets = 0
        while true {
            let maySleep = timeToWait() > 0
            guard intake.take(into: &commands, maySleep: maySleep) == .running else { break }
            let hasCommands = !commands.isEmpty
            if hasCommands {
                now = MonotonicTime.now()
                obey(&commands)
            }
            if startWaiting() || hasCommands {
                actOnTimeouts()
                endFinishedExchanges()
            }
            resumeCallers()
            // PERF: a thread that has just had work looks for more before it sleeps; looking costs no system call.
            turnsWithoutSockets = hasCommands ? turnsWithoutSockets + 1 : 0
            if 1...4 ~= turnsWithoutSockets { continue }
            turnsWithoutSockets = 0
            // A caller that submits work wakes the thread only if the intake knows that it may sleep.
            wait(milliseconds: maySleep && !hasCommands ? timeToWait() : 0)
            now = MonotonicTime.now()
            actOnTimeouts()
            endFinishedExchanges()
            resumeCallers()
        }
        obey(&commands)
        endAllExchanges()
        resumeCallers()
        tearDown()
        intake.didStop()
    }

    private func obey(_ commands: inout [TransportIntake.Command]) {
        for command in commands { obey(command) }
        commands.removeAll(keepingCapacity: true)
    }

    private func obey(_ command: TransportIntake.Command) {
        switch command {
        case .start(let batch):
            start(batch)
        case .cancel(let batch):
            batch.cancel()
            endExchanges(of: batch)
        }
    }

    /// Resumes the callers of the batches that have received results since the last time.
    ///
    /// PERF: callers whose responses arrive together wake up once.
    private func resumeCallers() {
        for batch in batchesToResume { batch.resumeCaller() }
        batchesToResume.removeAll(keepingCapacity: true)
    }

    private func timeToWait() -> Int32 {
        let milliseconds = now.milliseconds(until: min(nextCurlTimeout, earliestDeadline))
        return Int32(clamping: min(milliseconds, 60_000))
    }

    private func wait(milliseconds: Int32) {
        let count = poller.wait(milliseconds: milliseconds)
        intake.didWake()
        for index in 0..<count {
            guard let event = poller.event(at: index) else { continue }
            guard event.descriptor != intake.wakeUpDescriptor else {
                intake.acknowledgeWakeUp()
                continue
            }
            if let connection = http1[event.descriptor] {
                act(on: connection, event)
                continue
            }
            let mask =
                (event.isReadable ? CURL_CSELECT_IN : 0)
                | (event.isWritable ? CURL_CSELECT_OUT : 0)
                | (event.isBroken ? CURL_CSELECT_ERR : 0)
            act(on: event.descriptor, mask)
        }
    }

    private func actOnTimeouts() {
        if now >= earliestDeadline { endOverdueExchanges() }
        guard now >= nextCurlTimeout else { return }
        nextCurlTimeout = .distantFuture
        act(on: CURL_SOCKET_TIMEOUT, 0)
    }

    private func act(on socket: curl_socket_t, _ events: Int32) {
        var running: Int32 = 0
        // SAFETY: the pointer is used during the call only.
        unsafe curl_multi_socket_action(multi, socket, events, &running)
    }

    /// Frees libcurl's handles, which closes all connections.
    private func tearDown() {
        guard !isTornDown else { return }
        isTornDown = true
        idle = []
        // SAFETY: no easy handle is left in it, and nothing uses it any more.
        unsafe curl_multi_cleanup(multi)
    }
}
