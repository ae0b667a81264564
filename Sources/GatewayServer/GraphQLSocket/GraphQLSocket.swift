private import DequeModule
internal import Gateway
internal import JSON
internal import NIOCore

/// What the messages of one WebSocket mean in `graphql-transport-ws`.
///
/// Confined to the connection's event loop; its operations run as tasks on the same loop, and write by themselves.
///
/// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
final class GraphQLSocket: WebSocketMessaging {
    private var access: GraphQLSocketAccess
    private let limits: MessageLimits
    private let executor: EventLoopExecutor
    private let monitor: ConnectionMonitor
    private weak var connection: WebSocketConnection?
    private var isAcknowledged = false
    private var initialization: Scheduled<Void>?
    /// The operations of which the client wants to learn something.
    private var operations: [String: RunningOperation] = [:]
    private var lastOperation = 0
    /// How many operations have not ended, those among them that are cancelled.
    private var running = 0
    /// Messages that wait for a long one before them.
    private var waiting = Deque<[UInt8]>()
    /// Whether a long message is being read elsewhere.
    private var isReadingLong = false
    /// The operations that wait until the client has taken what was sent.
    private var writers: [CheckedContinuation<Void, any Error>] = []

    private struct RunningOperation {
        /// Distinguishes it from others of the same id.
        let number: Int
        let task: Task<Void, Never>
        /// Whether it has no end of its own.
        var isFollowed: Bool
    }

    init(
        access: GraphQLSocketAccess,
        limits: MessageLimits,
        executor: EventLoopExecutor,
        monitor: ConnectionMonitor
    ) {
        self.access = access
        self.limits = limits
        self.executor = executor
        self.monitor = monitor
    }

    // MARK: - The connection

    var waitsForClient: Bool { running == 0 && !isReadingLong }

    /// Subscriptions and live queries end with the connection; all others have their responses before it ends.
    var isIdle: Bool { !isReadingLong && waiting.isEmpty && operations.values.allSatisfy(\.isFollowed) }

    var hasRoom: Bool { !isReadingLong && waiting.isEmpty }

    func begin(on connection: WebSocketConnection) {
        self.connection = connection
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        initialization = executor.eventLoop.scheduleTask(in: limits.initializationTimeout) {
            let socket = bound.value
            if !socket.isAcknowledged { socket.connection?.end(.initializationTimeout) }
        }
    }

    func clientDidRead() {
        guard let connection, connection.isDrained else { return }
        let waiting = writers
        writers = []
        for writer in waiting { writer.resume() }
    }

    func drain() {
        for (id, operation) in operations where operation.isFollowed {
            operations[id] = nil
            operation.task.cancel()
        }
    }

    func stop() {
        initialization?.cancel()
        connection = nil
        waiting.removeAll()
        for operation in operations.values { operation.task.cancel() }
        operations = [:]
        let held = writers
        writers = []
        for writer in held { writer.resume(throwing: ChannelError.ioOnClosedChannel) }
    }

    // MARK: - Messages

    func take(_ message: [UInt8]) {
        guard !isReadingLong else { return waiting.append(message) }
        guard message.count > LongWork.maximumBytes else { return act(on: Self.read(message), message.count) }
        // Read on another thread, as long requests of HTTP are; messages behind it wait until it has begun.
        isReadingLong = true
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        Task(executorPreference: LongWorkExecutor.shared) { [eventLoop = executor.eventLoop] in
            let read = GraphQLSocket.read(message)
            eventLoop.execute { bound.value.didReadLong(read, message.count) }
        }
    }

    private func didReadLong(_ read: Result<GraphQLSocketMessage, GraphQLSocketMessage.Invalid>, _ byteCount: Int) {
        isReadingLong = false
        guard connection != nil else { return }
        act(on: read, byteCount)
        while !isReadingLong, let message = waiting.popFirst() { take(message) }
        connection?.repliesDidComplete()
    }

    private static func read(_ bytes: [UInt8]) -> Result<GraphQLSocketMessage, GraphQLSocketMessage.Invalid> {
        do throws(GraphQLSocketMessage.Invalid) {
            return .success(try GraphQLSocketMessage(bytes))
        } catch {
            return .failure(error)
        }
    }

    private func act(on read: Result<GraphQLSocketMessage, GraphQLSocketMessage.Invalid>, _ byteCount: Int) {
        guard let connection else { return }
        switch read {
        case .failure(let invalid): connection.end(.invalid(invalid.reason))
        case .success(.initialize(let payload)):
            guard !isAcknowledged else { return connection.end(.secondInitialization) }
            initialization?.cancel()
            do throws(WebSocketEnd) {
                try access.initialize(payload)
            } catch {
                return connection.end(error)
            }
            isAcknowledged = true
            connection.send(Array("{\"type\":\"connection_ack\"}".utf8))
        case .success(.ping(let payload)):
            let members =
                payload.map { JSONObject([("type", "pong"), ("payload", $0)]) } ?? JSONObject([("type", "pong")])
            connection.send(JSONValue.object(members).serialized())
        case .success(.pong): break
        case .success(.subscribe(let id, let request)):
            guard isAcknowledged else { return connection.end(.unauthorized) }
            guard operations[id] == nil else { return connection.end(.duplicate(id)) }
            guard running < limits.maximumOutstanding else { return connection.end(.tooManyOperations) }
            // The closing frame informs the client.
            guard !connection.isDraining else { return }
            begin(id, request, byteCount)
        case .success(.complete(let id)):
            guard isAcknowledged else { return connection.end(.unauthorized) }
            operations.removeValue(forKey: id)?.task.cancel()
        }
    }

    // MARK: - Operations

    private func begin(_ id: String, _ request: GraphQLRequest, _ byteCount: Int) {
        let start: (service: GatewayService, caller: Caller, load: LoadLimit)
        do throws(WebSocketEnd) {
            start = try access.begin()
        } catch {
            connection?.end(error)
            return
        }
        lastOperation += 1
        let number = lastOperation
        let operation = operation(id, number, start.load)
        running += 1
        monitor.changeUse(by: byteCount)
        let isLong = byteCount > LongWork.maximumBytes
        let prepared = isLong ? nil : start.service.prepare(request, for: start.caller)
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        let task = Task(executorPreference: executor) { [eventLoop = executor.eventLoop] in
            if let prepared {
                await operation.run(prepared, of: request)
            } else {
                await withTaskExecutorPreference(LongWorkExecutor.shared) {
                    let prepared = start.service.prepare(request, for: start.caller)
                    let isFollowed = prepared.isFollowed
                    eventLoop.execute { bound.value.note(isFollowed: isFollowed, id, number) }
                    await operation.run(prepared, of: request)
                }
            }
            bound.value.operationDidEnd(id, number, byteCount)
        }
        operations[id] = RunningOperation(number: number, task: task, isFollowed: prepared?.isFollowed ?? false)
    }

    private func operation(_ id: String, _ number: Int, _ load: LoadLimit) -> GraphQLSocketOperation {
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        return GraphQLSocketOperation(
            id: id,
            eventLoop: executor.eventLoop,
            load: load,
            writeMessage: { text, writer in bound.value.write(text, of: id, number, writer) },
            refusal: { [access] in access.refusal },
            endConnection: { reason in bound.value.connection?.end(reason) },
            endSubscriptions: { bound.value.connection?.drain(.subscriptionsEnd) }
        )
    }

    /// Whether the client wants to learn more of an operation.
    private func isWanted(_ id: String, _ number: Int) -> Bool { operations[id]?.number == number }

    private func note(isFollowed: Bool, _ id: String, _ number: Int) {
        if isWanted(id, number) { operations[id]?.isFollowed = isFollowed }
    }

    private func operationDidEnd(_ id: String, _ number: Int, _ byteCount: Int) {
        running -= 1
        monitor.changeUse(by: -byteCount)
        // One that was cancelled has left the table, where its id may stand for another one.
        if isWanted(id, number) { operations[id] = nil }
        connection?.repliesDidComplete()
    }

    /// Writes the message of an operation, which goes on when the client has taken it.
    private func write(
        _ text: [UInt8],
        of id: String,
        _ number: Int,
        _ writer: CheckedContinuation<Void, any Error>
    ) {
        guard let connection, connection.isOpen, isWanted(id, number) else {
            return writer.resume(throwing: CancellationError())
        }
        writers.append(writer)
        connection.send(text)
        connection.repliesDidComplete()
    }
}
