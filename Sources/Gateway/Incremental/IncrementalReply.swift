internal import GraphQL

/// The reply to an operation with deferred fragments or streamed lists.
package enum IncrementalReply: Sendable {
    /// A response as a whole: the result is cached, or the operation is refused.
    case whole(GraphQLResponse)
    /// A response in parts.
    case parts(IncrementalDelivery)
}

extension PreparedRequest {
    /// Begins the operation if its response is to come in parts.
    ///
    /// An operation whose whole result is cached needs no parts. A mutation with an idempotency key gets a whole response, which an equal request
    /// would get again.
    ///
    /// - Parameter request: the same request, as the client sent it.
    /// - Returns: the reply; nil: the operation has no parts, and has not begun.
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
        // A cached whole result of the operation lacks the error.
        switch pipeline.start(operation, isAlone: false, reusesResult: !plan.hasInvalidPart) {
        case .finished(let outcome): return pipeline.response(to: operation, outcome).map { .whole($0) }
        case .run(let run):
            pipeline.allow(plan, of: operation)
            return .parts(IncrementalDelivery(pipeline, run, plan))
        }
    }
}

extension GraphQLResponse {
    /// The response as the only message of a response in parts.
    package var onlyMessage: [UInt8] { body.dropLast() + Array(#","hasNext":false}"#.utf8) }
}
