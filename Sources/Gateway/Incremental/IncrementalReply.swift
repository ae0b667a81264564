internal import GraphQL

/// The reply to an operation of which something is deferred or streamed.
package enum IncrementalReply: Sendable {
    /// It comes as a whole: it is cached, or refused.
    case whole(GraphQLResponse)
    /// It comes in parts.
    case parts(IncrementalDelivery)
}

extension PreparedRequest {
    /// Begins the operation if something of it is deferred or streamed.
    ///
    /// An operation whose whole result is cached needs no parts. A mutation that has an idempotency key comes as a whole: an equal request would
    /// get the same response again.
    ///
    /// - Parameter request: the same request, as it came.
    /// - Returns: the reply; nil: nothing is deferred, and nothing has begun.
    package func incrementalReply(to request: GraphQLRequest) -> IncrementalReply? {
        guard idempotency == nil, case .success(let operation) = operation, operation.kind != .subscription else {
            return nil
        }
        // PERF: most documents have no directive.
        if let text = request.query, !text.utf8.contains(UInt8(ascii: "@")) { return nil }
        let service = pipeline.service
        guard let document = try? service.operations.document(for: request),
            let selected = try? document.operation(named: request.operationName)
        else { return nil }
        let plan: Plan
        do {
            plan = try document.incrementalPlan(
                of: selected,
                variables: operation.variables,
                executable: service.executable
            )
        } catch {
            return .whole(GraphQLResponse(.operation(.operation([error]))).with(pipeline.rateLimitStatus))
        }
        guard !plan.parts.isEmpty || plan.hasInvalidPart else { return nil }
        var pipeline = pipeline
        // A result of the operation that comes as a whole lacks the error.
        switch pipeline.start(operation, isAlone: false, reusesResult: !plan.hasInvalidPart) {
        case .finished(let outcome): return .whole(pipeline.response(to: operation, outcome))
        case .run(let run):
            pipeline.allow(plan, of: operation)
            return .parts(IncrementalDelivery(pipeline, run, plan))
        }
    }
}

extension GraphQLResponse {
    /// The response as the only message of one in parts.
    package var onlyMessage: [UInt8] { body.dropLast() + Array(#","hasNext":false}"#.utf8) }
}
