internal import GraphQL
internal import JSON
internal import Upstream

/// An operation with a response in parts: first the data that is not deferred, then each part when it is complete.
///
/// There is one execution, whose plan has deferred fragments and the rest of streamed lists as fields of their own, so that each call is made
/// once and a mutation is executed once. A part begins when its parent part is complete.
package struct IncrementalDelivery: Sendable {
    private let pipeline: RequestPipeline
    private let run: OperationRun
    private let plan: Plan

    /// The most bytes of upstream responses up to which a result is serialized and compared on the connection's own thread.
    private static let maximumBytes = 128 << 10

    /// How many responses of the greatest size may be written for the messages: each message is computed from all data so far.
    private static let mostWrittenResponses = 8

    /// The bytes of the result so far, which is compared with the next one.
    private let held: HeldResults.Holding
    /// The bytes of a value for each byte of its text.
    private static let bytesOfValue = 6

    init(_ pipeline: RequestPipeline, _ run: OperationRun, _ plan: Plan) {
        self.pipeline = pipeline
        held = pipeline.service.heldResults.holding()
        self.run = run
        self.plan = plan
    }

    /// The status of the client's limits after the request; nil: it is not limited.
    package var rateLimitStatus: RateLimitStatus? { pipeline.rateLimitStatus }

    /// Executes the operation, and passes its messages to a function, one after the other.
    ///
    /// - Parameters:
    ///   - format: the format of the messages.
    ///   - send: sends a message, and returns when it can take the next; throws when the client has left.
    /// - Returns: whether all messages were sent.
    package func deliver(
        as format: IncrementalFormat,
        _ send: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async -> Bool {
        guard run.operation.kind == .mutation else { return await deliver(as: format, to: send) }
        // A client that leaves does not cancel a write.
        return await Task { await deliver(as: format, to: send) }.value
    }

    private func deliver(
        as format: IncrementalFormat,
        to send: @Sendable ([UInt8]) async throws -> Void
    ) async -> Bool {
        var pipeline = pipeline
        let session = pipeline.openSession()
        var outcome = RequestOutcome()
        var bytes = 0
        var isComplete = true
        do {
            try await execute(in: session) { message, codes in
                let text = message.serialized(as: format)
                for code in codes where !outcome.errorCodes.contains(code) { outcome.errorCodes.append(code) }
                bytes += text.count
                guard isComplete else { return }
                do {
                    try await send(text)
                } catch {
                    isComplete = false
                    // A mutation is executed to its end nevertheless.
                    guard run.operation.kind == .mutation else { throw error }
                }
            }
        } catch {
            // The client has left.
            isComplete = false
        }
        pipeline.endParts()
        outcome.calls = pipeline.report
        pipeline.notify(
            of: pipeline.completed(outcome, of: run.operation),
            bytes: bytes,
            to: run.operation,
            by: .graphQL
        )
        return isComplete
    }

    private typealias Batch = (requests: [FieldRequest], resolutions: [Resolution])

    private func execute(
        in session: CallSession,
        _ send: (IncrementalMessage, [String]) async throws -> Void
    ) async throws {
        let resolver = UpstreamResolver(table: pipeline.service.bindings, session: session)
        let operation = run.operation
        let maximumRows = pipeline.service.limits.maximumRows
        var execution = Execution(plan: plan, variables: operation.variables, maximumRows: maximumRows)
        var view = ClientView(plan.parts)
        try await withThrowingTaskGroup(of: Batch.self) { tasks in
            Self.begin(&execution, with: resolver, &tasks)
            while !execution.isInitialComplete, let batch = try await tasks.next() {
                Self.accept(batch, in: &execution)
                Self.begin(&execution, with: resolver, &tasks)
            }
            let (initial, codes) = await first(of: execution, in: session, &view)
            try await send(initial, codes)
            var waiting = Set(plan.parts.indices)
            let mostBytes = Self.mostWrittenResponses * pipeline.service.limits.maximumResponseBytes
            var writtenBytes = 0
            for part in waiting where plan.parts[part].parent == nil { execution.begin(part: part) }
            while view.isOpen {
                Self.begin(&execution, with: resolver, &tasks)
                let complete = waiting.filter { execution.isComplete(part: $0) }
                guard complete.isEmpty else {
                    guard writtenBytes <= mostBytes else {
                        return try await send(view.fail(with: Self.tooMany), [Self.tooManyCode])
                    }
                    waiting.subtract(complete)
                    let (message, codes) = await next(of: execution, complete, in: session, &view, &writtenBytes)
                    if !message.isEmpty { try await send(message, codes) }
                    for part in waiting where plan.parts[part].parent.map(complete.contains) ?? false {
                        execution.begin(part: part)
                    }
                    continue
                }
                guard let batch = try await tasks.next() else {
                    return try await send(view.fail(with: Self.incomplete), [])
                }
                Self.accept(batch, in: &execution)
            }
            tasks.cancelAll()
        }
    }

    private static let incomplete: JSONValue = ["message": "The part could not be completed."]

    private static let tooManyCode = ErrorCode.responseTooLarge.rawValue

    private static let tooMany: JSONValue = [
        "message": "The response is too large for so many parts; ask for fewer rows, or use fewer @defer and @stream.",
        "extensions": ["code": .string(tooManyCode)],
    ]

    private static func begin(
        _ execution: inout Execution,
        with resolver: UpstreamResolver,
        _ tasks: inout ThrowingTaskGroup<Batch, any Error>
    ) {
        for batch in resolver.batches(of: execution.ready()) {
            tasks.addTask { (batch, await resolver.resolve(batch: batch)) }
        }
    }

    private static func accept(_ batch: Batch, in execution: inout Execution) {
        for (request, resolution) in zip(batch.requests, batch.resolutions) {
            execution.accept(resolution, for: request)
        }
    }

    // MARK: - Messages

    private func first(
        of execution: Execution,
        in session: CallSession,
        _ view: inout ClientView
    ) async -> (IncrementalMessage, [String]) {
        switch await result(of: execution, reporting: [nil], in: session) {
        case .success(let result, _):
            var message = view.begin(with: result)
            message.extensions = extensions(session)
            return (message, result.errorCodes)
        case .failure(let error):
            let failed: JSONObject = ["data": .null, "errors": .array([error])]
            var message = IncrementalMessage(initial: failed)
            message.extensions = extensions(session)
            return (message, error.codes)
        }
    }

    private func next(
        of execution: Execution,
        _ parts: Set<Int>,
        in session: CallSession,
        _ view: inout ClientView,
        _ writtenBytes: inout Int
    ) async -> (IncrementalMessage, [String]) {
        var (message, codes): (IncrementalMessage, [String])
        switch await result(of: execution, reporting: Set(parts.map { $0 }), in: session) {
        case .success(let result, let bytes):
            writtenBytes += bytes
            (message, codes) = (view.take(result), result.errorCodes)
        case .failure(let error): (message, codes) = (view.fail(with: error), error.codes)
        }
        if !message.hasNext, pipeline.caller.wantsReport { message.extensions = extensions(session) }
        return (message, codes)
    }

    /// The result with the parts that are complete, or the error that prevents its serialization.
    private func result(
        of execution: Execution,
        reporting parts: Set<Int?>,
        in session: CallSession
    ) async -> WrittenParts {
        let service = pipeline.service
        let limits = service.responseLimits(until: session.deadline)
        let codes = FieldErrorCodes.gateway(pipeline.caller.errorReference)
        // What has been written by a mutation is reported nevertheless.
        let isMutation = run.operation.kind == .mutation
        let write = { @Sendable [held] () -> WrittenParts in
            var output = OutputBuffer(minimumCapacity: 16 << 10, expectedMaximum: service.limits.maximumResponseBytes)
            do throws(ResponseFailure) {
                try execution.writeParts(into: &output, reporting: parts, limits: limits, codes: codes)
            } catch {
                return .failure(service.limits.error(error).json)
            }
            guard held.change(to: output.count * Self.bytesOfValue) || isMutation else {
                let error = GraphQLError(HeldResults.message, extensions: ErrorCode.overloaded.extensions())
                return .failure(error.json)
            }
            return .success(PartResult(output.array(), execution.plan.parts), bytes: output.count)
        }
        guard execution.dataBytes > Self.maximumBytes else { return write() }
        return await withTaskExecutorPreference(LongWorkExecutor.shared) { write() }
    }

    private enum WrittenParts: Sendable {
        case success(PartResult, bytes: Int)
        case failure(JSONValue)
    }

    private func extensions(_ session: CallSession) -> JSONObject {
        var estimate = OperationEstimate()
        if case .leader(let own, _) = run.role { estimate = own }
        return session.report.current.extensions(
            estimated: estimate.calls,
            caller: pipeline.caller,
            events: session.report.events ?? []
        )
    }
}

extension JSONValue {
    /// The code of an error, as a list of at most one.
    fileprivate var codes: [String] { self["extensions"]?["code"]?.stringValue.map { [$0] } ?? [] }
}
