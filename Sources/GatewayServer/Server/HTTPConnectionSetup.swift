internal import NIOCore
internal import NIOHTTP2
internal import NIOSSL
internal import NIOTLS

/// Makes the handlers of HTTP connections.
struct HTTPConnectionSetup: Sendable {
    /// Serves the requests.
    let endpoint: any Endpoint
    /// Returns the limits of a connection that is opened now.
    let currentLimits: @Sendable () -> ConnectionLimits
    /// Returns the current cache of responses by the bytes of requests; nil: there is none.
    let repeated: (@Sendable () -> RepeatedRequests?)?

    /// Makes the setup for an endpoint that is never replaced.
    init(endpoint: any Endpoint, limits: ConnectionLimits) {
        self.endpoint = endpoint
        currentLimits = { limits }
        repeated = nil
    }

    /// Makes the setup for a gateway that can be replaced.
    init(_ gateway: ReplaceableGateway, limits: ConnectionLimits) {
        endpoint = CurrentEndpoint(gateway: gateway)
        currentLimits = { gateway.current?.connection ?? limits }
        repeated = { gateway.current?.repeated }
    }

    /// Adds the handlers of HTTP/1 to the end of a pipeline.
    func addHTTP1(
        to channel: any Channel,
        _ executor: EventLoopExecutor,
        _ monitor: ConnectionMonitor,
        isSecure: Bool
    ) throws {
        let limits = currentLimits()
        let decoder = ByteToMessageHandler(limits.requestDecoder())
        let handler = HTTP1ConnectionHandler(
            endpoint: endpoint,
            limits: limits,
            isSecure: isSecure,
            decoder: decoder,
            executor: executor,
            monitor: monitor
        )
        if let repeated {
            try channel.pipeline.syncOperations.addHandler(RepeatedRequestHandler(repeated, connection: handler))
        }
        try channel.pipeline.syncOperations.addHandlers(decoder, handler)
    }

    /// Adds the handlers of HTTP/2 to the end of a pipeline.
    func addHTTP2(to channel: any Channel, _ executor: EventLoopExecutor, _ monitor: ConnectionMonitor) throws {
        let limits = currentLimits()
        let connection = HTTP2Connection(
            channel,
            endpoint: endpoint,
            limits: limits,
            executor: executor,
            monitor: monitor
        )
        let bound = NIOLoopBound(connection, eventLoop: channel.eventLoop)
        let multiplexer = NIOHTTP2Handler(
            mode: .server,
            eventLoop: channel.eventLoop,
            connectionConfiguration: limits.http2Connection,
            streamConfiguration: limits.http2Streams
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(HTTP2StreamHandler(bound.value))
            }
        }
        // Before NIO's handler, which writes as soon as it is added.
        let frames = HTTP2FrameHandler(limits.http2Advertised)
        try channel.pipeline.syncOperations.addHandlers(frames, multiplexer, HTTP2ConnectionHandler(connection, frames))
    }

    /// Adds the handler that waits for the end of the TLS handshake, in which the client chooses the version of HTTP.
    func addNegotiation(to channel: any Channel, _ executor: EventLoopExecutor, _ monitor: ConnectionMonitor) throws {
        let timer = channel.eventLoop.scheduleTask(in: currentLimits().handshakeTimeout) { channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in timer.cancel() }
        let negotiation = ApplicationProtocolNegotiationHandler { result, channel in
            timer.cancel()
            return channel.eventLoop.makeCompletedFuture {
                switch result {
                case .negotiated("h2"): try addHTTP2(to: channel, executor, monitor)
                case .negotiated, .fallback: try addHTTP1(to: channel, executor, monitor, isSecure: true)
                }
            }
        }
        try channel.pipeline.syncOperations.addHandler(negotiation)
    }
}

extension HTTPConnectionSetup {
    /// A socket for HTTP connections.
    func socket(at address: BindAddress, tls: TLSCredentials? = nil) -> HTTPServer.Socket {
        HTTPServer.Socket(address: address, speaksHTTP: true, tls: tls) { channel, executor, monitor in
            if tls == nil {
                try addHTTP1(to: channel, executor, monitor, isSecure: false)
            } else {
                try addNegotiation(to: channel, executor, monitor)
            }
        }
    }
}
