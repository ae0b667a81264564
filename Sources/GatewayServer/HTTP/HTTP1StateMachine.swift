private import DequeModule
internal import NIOCore
internal import NIOHTTP1

/// The state of one HTTP/1 connection: requests are served one after another, and nothing is read while one is being
/// served or while the client does not read its response.
///
/// A value without I/O: its functions take events, and `nextAction()` returns actions until there is none.
struct HTTP1StateMachine {
    /// An action for the owner of the connection.
    enum Action {
        /// Read from the connection.
        case read
        /// Send 100 (Continue), which asks for the body: https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1.
        case sendContinue
        /// Serve a request; `respond(with:)` or `upgrade()` follows.
        case serve(HTTPRequest)
        /// Write a response; `responseDidLeave()` follows when all of it has been passed to the channel.
        case write(HTTPResponse, ResponseFraming)
        /// Respond with an error to a request with this head, and close the connection; `responseDidLeave()` follows.
        case refuse(HTTPResponse, HTTPRequestHead?)
        /// Replace a decoder that has stopped, because the offered upgrade is declined.
        case restartDecoder
        /// Close the connection when everything is written; `lingers`: the client may still be sending, so read on for a time.
        case finish(lingers: Bool)
        /// Close the connection now.
        case close
    }

    private enum Phase {
        case serving
        /// The last response is being written; no further request is served.
        case finishing
        /// The last response is written; further bytes are discarded, so that the client can read the response.
        case lingering
        /// The connection uses another protocol.
        case upgraded
        case closed
    }

    /// The request that is being served.
    private struct Exchange {
        var framing: ResponseFraming
        /// Whether the decoder has stopped after the request.
        let isDecoderStopped: Bool
        var isWriting = false
        var lingers = false
        /// Whether one read may happen meanwhile, whose bytes a handler in front holds.
        var mayReadAhead = false
    }

    private let limits: ConnectionLimits
    private var gathering = RequestGathering()
    private var waiting = Deque<HTTPRequest>()
    private var exchange: Exchange?
    /// The response after those to all earlier requests, as the input cannot be decoded further.
    private var refusal: (response: HTTPResponse, head: HTTPRequestHead?)?
    private var phase = Phase.serving
    private var gate = ReadGate()
    private var queued = Deque<Action>()
    private var isDraining = false
    private var isStopAnnounced = false
    private var isInputClosed = false
    /// Whether the channel is writable.
    var isWritable = true

    init(limits: ConnectionLimits, isSecure: Bool = false, isDraining: Bool = false) {
        self.limits = limits
        gathering.isSecure = isSecure
        self.isDraining = isDraining
    }

    // MARK: - State

    /// Whether the connection uses another protocol.
    var isUpgraded: Bool { phase == .upgraded }

    /// Whether the server is executing a request, so that the client is not idle.
    var isAnswering: Bool { exchange.map { !$0.isWriting } ?? false }

    /// Whether all complete requests have their responses.
    private var hasRespondedToAll: Bool { exchange == nil && waiting.isEmpty }

    /// Whether no request has begun and no action is pending, so that the next bytes begin a request.
    var isIdle: Bool {
        phase == .serving && hasRespondedToAll && gathering.isEmpty && refusal == nil && queued.isEmpty && isWritable
            && !isDraining && !isInputClosed
    }

    /// Whether the connection may be read.
    private var mayRead: Bool {
        switch phase {
        case .serving: hasRespondedToAll && isWritable && refusal == nil
        case .finishing: false
        case .lingering, .upgraded, .closed: true
        }
    }

    /// The IP address of the peer.
    var peerAddress: String? {
        get { gathering.peerAddress }
        set { gathering.peerAddress = newValue }
    }

    // MARK: - Requests that are not read as HTTP

    /// Begins to wait for the response to a request with known bytes; `endWaiting()` or `stopWaiting()` follows.
    mutating func wait() {
        let framing = ResponseFraming(version: .http1_1, keepsAlive: true, isHead: false)
        // PERF: holding back a read removes the connection from the event loop's selector, and adds it again later.
        exchange = Exchange(framing: framing, isDecoderStopped: false, mayReadAhead: true)
    }

    /// Ends the wait without a response; the request is decoded instead.
    mutating func stopWaiting() { exchange = nil }

    /// Ends the wait as the response is sent; returns false if that has to close the connection, or has to wait.
    mutating func endWaiting() -> Bool {
        guard phase == .serving, exchange != nil, isWritable, !isStopping, !isInputClosed else { return false }
        exchange = nil
        return true
    }

    // MARK: - Events

    /// Requests a read.
    mutating func requestRead() {
        if exchange?.mayReadAhead == true {
            exchange?.mayReadAhead = false
            queued.append(.read)
        } else if gate.request(isOpen: mayRead) {
            queued.append(.read)
        }
    }

    /// Receives a part of a request; returns the request if it is complete.
    mutating func receive(_ part: HTTPServerRequestPart) -> HTTPRequest? {
        guard phase == .serving, refusal == nil else { return nil }
        switch gathering.add(part, maximumBodyBytes: limits.maximumBodyBytes) {
        case .more:
            break
        case .sendContinue:
            // Only for a request that is next in turn; others first get the responses to those before them.
            if hasRespondedToAll { queued.append(.sendContinue) }
        case .complete(let request):
            waiting.append(request)
            return request
        case .refuse(let fault, let head):
            refusal = (.fault(fault, limits), head)
        }
        return nil
    }

    /// Receives a whole request while the connection is idle; returns it with the facts about the connection.
    mutating func receive(_ request: HTTPRequest) -> HTTPRequest {
        let request = gathering.arrived(request)
        waiting.append(request)
        return request
    }

    /// Whether so many bytes of a request that is arriving exceed what its header fields and its body can take.
    func isPadded(arrived: Int) -> Bool {
        guard phase == .serving, hasRespondedToAll, refusal == nil else { return false }
        return arrived > limits.maximumWireBytes(body: gathering.bodyBytes)
    }

    /// Responds with an error after the responses to earlier requests; nothing more is read.
    mutating func refuse(_ response: HTTPResponse) {
        guard phase == .serving, refusal == nil else { return }
        refusal = (response, gathering.currentHead)
        gathering.discard()
    }

    /// Takes the response to the current request.
    mutating func respond(with response: HTTPResponse) {
        guard phase == .serving, var exchange, !exchange.isWriting else { return }
        let isLast = isInputClosed && waiting.isEmpty && refusal == nil
        exchange.framing.isChunked = response.body.count == nil && exchange.framing.version != .http1_0
        // Without chunks, the end of the connection is the end of a body of unknown length.
        let hasEnd = response.body.count != nil || exchange.framing.isChunked
        exchange.framing.keepsAlive =
            exchange.framing.keepsAlive && hasEnd && !response.closesConnection && !isStopping && !isLast
        exchange.isWriting = true
        exchange.lingers = isStopping && !isInputClosed
        self.exchange = exchange
        queued.append(.write(response, exchange.framing))
    }

    /// Switches to another protocol; returns false if the connection ends instead.
    mutating func upgrade() -> Bool {
        guard phase == .serving, exchange != nil else { return false }
        guard !isDraining else {
            respond(with: .shuttingDown)
            return false
        }
        phase = .upgraded
        exchange = nil
        return true
    }

    /// Notes that all of a response has been passed to the channel.
    mutating func responseDidLeave() {
        guard let left = exchange, left.isWriting else { return }
        exchange = nil
        guard phase == .serving else { return }
        guard left.framing.keepsAlive else {
            finish(lingers: left.lingers)
            return
        }
        if left.isDecoderStopped { queued.append(.restartDecoder) }
    }

    /// Notes that the client has closed its sending side.
    mutating func closeInput() {
        isInputClosed = true
        switch phase {
        case .lingering: queued.append(.close)
        case .serving where hasRespondedToAll && refusal == nil: finish(lingers: false)
        default: break
        }
    }

    /// Announces that the server shuts down soon: each response is the last on its connection, so that its client reconnects elsewhere.
    mutating func announceStop() {
        isStopAnnounced = true
    }

    /// Whether the server shuts down now or soon.
    private var isStopping: Bool { isDraining || isStopAnnounced }

    /// Begins the shutdown: requests in progress get their responses.
    mutating func drain() {
        isDraining = true
    }

    /// Ends the time for which incomplete requests are awaited during the shutdown.
    mutating func endDrainGrace() {
        guard isDraining, phase == .serving, hasRespondedToAll, refusal == nil else { return }
        finish(lingers: true)
    }

    /// Notes that everything is written after `finish`; returns whether to read on for the lingering client.
    mutating func didFinish(lingers: Bool) -> Bool {
        guard phase == .finishing else { return false }
        guard lingers, !isInputClosed else { return false }
        phase = .lingering
        if gate.open() { queued.append(.read) }
        return true
    }

    /// Notes that the connection is closed; returns the memory of requests that get no response, in bytes.
    mutating func didClose() -> Int {
        let dropped = waiting.reduce(0) { $0 + $1.memoryBytes }
        phase = phase == .upgraded ? .upgraded : .closed
        exchange = nil
        waiting.removeAll()
        queued.removeAll()
        gathering.discard()
        return dropped
    }

    // MARK: - Actions

    /// The next action; nil: there is none until the next event.
    mutating func nextAction() -> Action? {
        if let action = queued.popFirst() { return action }
        guard phase == .serving, exchange == nil, isWritable else { return nil }
        if let request = waiting.popFirst() {
            exchange = Exchange(
                framing: ResponseFraming(
                    version: request.head.version,
                    keepsAlive: request.keepsConnection,
                    isHead: request.method == .HEAD
                ),
                isDecoderStopped: request.stopsDecoder
            )
            return .serve(request)
        }
        if let refusal {
            exchange = Exchange(
                framing: .last,
                isDecoderStopped: false,
                isWriting: true,
                lingers: true
            )
            self.refusal = nil
            return .refuse(refusal.response, refusal.head)
        }
        if isInputClosed || (isDraining && gathering.isEmpty) {
            finish(lingers: !isInputClosed && gate.holdsRead)
            return queued.popFirst()
        }
        return gate.open() ? .read : nil
    }

    private mutating func finish(lingers: Bool) {
        phase = .finishing
        queued.append(.finish(lingers: lingers))
    }
}
