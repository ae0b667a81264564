internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// Sends events, each on a connection of its own.
final class WebhookSender: Sendable {
    private let group: any EventLoopGroup
    private let pending = Mutex<[EventLoopFuture<Int>]>([])
    private let statuses = Mutex<[Int]>([])

    init(group: any EventLoopGroup) {
        self.group = group
    }

    /// Begins to send events.
    func send(_ deliveries: [WebhookDelivery]) {
        guard !deliveries.isEmpty else { return }
        let futures = deliveries.compactMap { begin($0) }
        pending.withLock { $0 += futures }
    }

    /// Waits until all events have been responded to; returns the statuses since the last time, 0 where there was no response.
    func delivered() async -> [Int] {
        while true {
            let futures = pending.withLock { pending in
                defer { pending = [] }
                return pending
            }
            if futures.isEmpty { break }
            for future in futures {
                let status = (try? await future.get()) ?? 0
                statuses.withLock { $0.append(status) }
            }
        }
        return statuses.withLock { statuses in
            defer { statuses = [] }
            return statuses
        }
    }

    private func begin(_ delivery: WebhookDelivery) -> EventLoopFuture<Int>? {
        guard let target = Self.target(of: delivery.webhook.url) else { return nil }
        let promise = group.next().makePromise(of: Int.self)
        var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: target.path)
        head.headers.add(name: "Host", value: target.authority)
        head.headers.add(name: "Content-Type", value: "application/json")
        head.headers.add(name: "Content-Length", value: String(delivery.body.count))
        head.headers.add(name: "Connection", value: "close")
        let signature = SandboxWebhook.signature(of: delivery.body, secret: delivery.webhook.secret)
        head.headers.add(name: SandboxWebhook.signatureHeader, value: signature)
        let request = head
        let body = delivery.body
        ClientBootstrap(group: promise.futureResult.eventLoop)
            .connectTimeout(.seconds(10))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(StatusHandler(promise))
                }
            }
            .connect(host: target.host, port: target.port)
            .whenComplete { result in
                switch result {
                case .failure(let error): promise.fail(error)
                case .success(let channel):
                    channel.write(HTTPClientRequestPart.head(request), promise: nil)
                    channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
                    channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
                }
            }
        return promise.futureResult
    }

    private static func target(of url: String) -> (host: String, port: Int, authority: String, path: String)? {
        guard url.hasPrefix("http://") else { return nil }
        let rest = url.dropFirst("http://".count)
        let authority = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(authority.count)
        let parts = authority.split(separator: ":")
        guard let host = parts.first, let port = parts.count == 2 ? Int(parts[1]) : 80 else { return nil }
        return (String(host), port, String(authority), path.isEmpty ? "/" : String(path))
    }
}

/// Reads the status of a response.
private final class StatusHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let promise: EventLoopPromise<Int>
    private var status = 0

    init(_ promise: EventLoopPromise<Int>) {
        self.promise = promise
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): status = Int(head.status.code)
        case .body: break
        case .end: context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { promise.succeed(status) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
