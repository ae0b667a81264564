private import DequeModule
internal import Gateway
internal import JSON
internal import NIOCore

/// One connection of the protocol `graphql-transport-ws`.
///
/// Confined to the connection's event loop. Queries and mutations run as tasks on the same loop and send their own responses;
/// subscriptions and live queries need no task, as they are called with their results.
///
/// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
final class GraphQLSocket: WebSocketMessaging {
    private(set) var access: GraphQLSocketAccess
    private let limits: MessageLimits
    let executor: EventLoopExecutor
    let monitor: ConnectionMonitor
    private(set) weak var connection: WebSocketConnection?
    /// The memory that the keys of the connection take, as it is counted, in bytes.
    private var keyBytes = 0
    private var isAcknowledged = false
    private var initialization: Scheduled<Void>?
    /// The running queries and mutations that the client has not cancelled.
    private var operations: [ExactString: RunningOperation] = [:]
    /// The subscriptions and live queries.
    var followed: [ExactString: FollowedOperation] = [:]
    /// The events of subscriptions that are queued until the client has read what was sent.
    var backlogs: [ExactString: StreamBacklog] = [:]
    /// The streams that make their next result when the client has read what was sent.
    var takers: [ResultStream] = []
    private var lastOperation = 0
    /// The number of operations that have not ended, including cancelled ones.
    var running = 0
    /// The messages that wait until a long one before them is parsed.
    private var waiting = Deque<[UInt8]>()
    /// Whether a long message is being parsed on another thread.
    private var isReadingLong = false
    /// The operations that wait until the client has read what was sent.
    private var writers: [CheckedContinuation<Void, any Error>] = []

    private struct RunningOperation {
        /// Distinguishes it from other operations with the same id.
        let number: Int
        let task: Task<Void, Never>
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

    /// Whether no operation is running, except subscriptions and live queries, which end with the connection.
    var isIdle: Bool { !isReadingLong && waiting.isEmpty && operations.isEmpty }

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
        if !takers.isEmpty || !backlogs.isEmpty { sendBacklogs() }
    }

    func drain() { endAllFollowed() }

    func stop() {
        endInitialization()
        monitor.changeUse(by: -keyBytes)
        keyBytes = 0
        connection = nil
        waiting.removeAll()
        endAllFollowed()
        for operation in operations.values { operation.task.cancel() }
        operations = [:]
        let held = writers
        writers = []
        for writer in held { writer.resume(throwing: ChannelError.ioOnClosedChannel) }
    }

    /// Cancels the timeout of the first message.
    private func endInitialization() {
        initialization?.cancel()
        initialization = nil
    }

    // MARK: - Messages

    func take(_ message: [UInt8]) {
        guard !isReadingLong else { return waiting.append(message) }
        guard message.count > LongWork.maximumBytes else { return act(on: Self.read(message), message.count) }
        // Parsed on another thread, like long HTTP requests; messages after it wait until it is handled.
        isReadingLong = true
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        executor.tasks.begin()
        Task(executorPreference: LongWorkExecutor.shared) { [executor] in
            let read = GraphQLSocket.read(message)
            executor.eventLoop.execute {
                bound.value.didReadLong(read, message.count)
                executor.tasks.end()
            }
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
            endInitialization()
            do throws(WebSocketEnd) {
                try access.initialize(payload)
            } catch {
                return connection.end(error)
            }
            isAcknowledged = true
            keyBytes = access.memoryBytes
            monitor.changeUse(by: keyBytes)
            connection.send(Array("{\"type\":\"connection_ack\"}".utf8))
        case .success(.ping(let payload)):
            let members =
                payload.map { JSONObject([("type", "pong"), ("payload", $0)]) } ?? JSONObject([("type", "pong")])
            connection.send(JSONValue.object(members).serialized())
        case .success(.pong): break
        case .success(.subscribe(let id, let request)):
            guard isAcknowledged else { return connection.end(.unauthorized) }
            guard operations[ExactString(id)] == nil, followed[ExactString(id)] == nil else {
                return connection.end(.duplicate(id))
            }
            guard running < limits.maximumOutstanding else { return connection.end(.tooManyOperations) }
            // The close frame informs the client.
            guard !connection.isDraining else { return }
            begin(id, request, byteCount)
        case .success(.complete(let id)):
            guard isAcknowledged else { return connection.end(.unauthorized) }
            operations.removeValue(forKey: ExactString(id))?.task.cancel()
            endFollowed(id)
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
        running += 1
        guard byteCount <= LongWork.maximumBytes else {
            return beginLong(id, number, request, start, byteCount)
        }
        let prepared = start.service.prepare(request, for: start.caller)
        if prepared.isFollowed { return follow(prepared, id, number, byteCount) }
        monitor.changeUse(by: byteCount)
        let operation = operation(id, number, start.load)
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        executor.tasks.begin()
        let task = Task(executorPreference: executor) { [executor] in
            await operation.run(prepared, of: request)
            bound.value.operationDidEnd(id, number, byteCount)
            executor.tasks.end()
        }
        operations[ExactString(id)] = RunningOperation(number: number, task: task)
    }

    /// Begins an operation whose request is prepared on another thread.
    private func beginLong(
        _ id: String,
        _ number: Int,
        _ request: GraphQLRequest,
        _ start: (service: GatewayService, caller: Caller, load: LoadLimit),
        _ byteCount: Int
    ) {
        monitor.changeUse(by: byteCount)
        let operation = operation(id, number, start.load)
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        executor.tasks.begin()
        let task = Task(executorPreference: executor) { [executor] in
            let followed = await withTaskExecutorPreference(LongWorkExecutor.shared) { () -> PreparedRequest? in
                let prepared = start.service.prepare(request, for: start.caller)
                if prepared.isFollowed { return prepared }
                await operation.run(prepared, of: request)
                return nil
            }
            bound.value.longOperationDidEnd(id, number, byteCount, followed)
            executor.tasks.end()
        }
        operations[ExactString(id)] = RunningOperation(number: number, task: task)
    }

    /// Ends a long request that has its response, or begins its subscription or live query.
    private func longOperationDidEnd(_ id: String, _ number: Int, _ byteCount: Int, _ prepared: PreparedRequest?) {
        let isWanted = isWanted(id, number) && !(connection?.isDraining ?? true)
        operationDidEnd(id, number, byteCount)
        guard let prepared, isWanted else { return }
        running += 1
        follow(prepared, id, number, byteCount)
        connection?.repliesDidComplete()
    }

    private func operation(_ id: String, _ number: Int, _ load: LoadLimit) -> GraphQLSocketOperation {
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        return GraphQLSocketOperation(id: id, eventLoop: executor.eventLoop, load: load) { text, writer in
            bound.value.write(text, of: id, number, writer)
        }
    }

    /// Whether the client has not cancelled an operation.
    private func isWanted(_ id: String, _ number: Int) -> Bool { operations[ExactString(id)]?.number == number }

    /// Sends a message; it is written with the next flush.
    func send(_ message: [UInt8]) { connection?.send(message) }

    private func operationDidEnd(_ id: String, _ number: Int, _ byteCount: Int) {
        running -= 1
        monitor.changeUse(by: -byteCount)
        // A cancelled operation has left the table, where its id may belong to another one by now.
        if isWanted(id, number) { operations[ExactString(id)] = nil }
        connection?.repliesDidComplete()
    }

    /// Sends the message of an operation, which continues when the client has read it.
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
