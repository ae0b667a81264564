internal import GraphQL
internal import JSON
internal import Upstream

/// The results of a live query: the first, and another one whenever the data that it was made from has changed.
///
/// Changes are noticed from an instant on. A result that was made from older cached responses may lack earlier changes: another
/// is made when the first of these responses is no longer fresh. Another is also made after a result with errors.
struct LiveResults: ResultSource {
    typealias Instant = ContinuousClock.Instant

    /// A result, and whether it was made from cached responses.
    private struct Made {
        let response: GraphQLResponse
        /// Whether earlier responses were used, or responses that another request has fetched.
        let isFromCache: Bool
    }

    let service: GatewayService
    let caller: Caller
    let operation: PreparedOperation
    let writer: ResultWriter
    /// The instant from which changes are noticed; nil: they are not noticed yet.
    let noticesSince: @Sendable () -> Instant?
    private var sent: SentResult?
    /// The bytes of the last result.
    private let held: HeldResults.Holding
    private var isSentWhole = false
    /// The instant at which the first result was begun; nil: it was made from older responses.
    private var readAt: Instant?
    /// Whether no change before the instant of `noticesSince` can have been missed.
    private var isConfirmed = false
    private var failures = 0
    private(set) var due: Instant?

    /// The shortest time before a result without a change, doubled with each failure in a row, and the longest.
    private static let pauses = (least: Duration.seconds(30), most: Duration.seconds(300))
    /// The time by which the first result may precede `noticesSince`: changes in between are not looked for, a choice.
    private static let overlap = Duration.seconds(5)

    init(
        service: GatewayService,
        caller: Caller,
        operation: PreparedOperation,
        writer: ResultWriter,
        noticesSince: @escaping @Sendable () -> Instant?
    ) {
        (self.service, self.caller) = (service, caller)
        (self.operation, self.writer) = (operation, writer)
        self.noticesSince = noticesSince
        held = service.heldResults.holding()
    }

    /// Makes no further result before the client has read the last: changes of the meantime cause one result.
    var isPaced: Bool { true }

    mutating func begin() async -> [ResultStep] {
        let begun = service.broker.now()
        let first = await make()
        guard first.response.kind == .executed else { return [step(first.response, isLast: true)] }
        if !first.isFromCache { readAt = begun }
        plan(after: first.response)
        guard held.change(to: first.response.body.count) else { return [refusal] }
        let sent = SentResult(first.response, asPatches: operation.live == .patches)
        self.sent = sent
        return [step(sent.first)]
    }

    /// Makes the query's result anew; most changes concern other objects, so that it is equal and took no call.
    mutating func steps(after change: Change, number: UInt64, for caller: Caller) async -> [ResultStep] {
        let next = await make().response
        plan(after: next)
        return steps(to: next)
    }

    /// Makes no result: the next one has the error at its fields.
    func steps(after refusal: FieldFailure, for caller: Caller) -> [ResultStep] { [] }

    mutating func stepsWhenDue(for caller: Caller) async -> [ResultStep] {
        due = nil
        let since = noticesSince()
        if failures == 0, let since, let readAt, readAt + Self.overlap >= since {
            isConfirmed = true
            return []
        }
        let next = await make(after: since).response
        if Self.isWhole(next), since != nil { isConfirmed = true }
        plan(after: next)
        // A result with errors does not replace a complete one.
        return isSentWhole && !Self.isWhole(next) ? [] : steps(to: next)
    }

    /// Sets the instant at which a result is made without a change.
    private mutating func plan(after response: GraphQLResponse) {
        let now = service.broker.now()
        if !Self.isWhole(response) {
            due = now + min(Self.pauses.least * (1 << min(failures, 8)), Self.pauses.most)
            failures += 1
        } else {
            if failures > 0 || isConfirmed { due = nil }
            failures = 0
            if !isConfirmed, due == nil { due = now + max(.seconds(response.maxAge), Self.pauses.least) }
        }
    }

    private mutating func steps(to next: GraphQLResponse) -> [ResultStep] {
        guard var sent, let message = sent.replace(with: next) else { return [] }
        guard held.change(to: next.body.count) else { return [refusal] }
        self.sent = sent
        return [step(message)]
    }

    /// The end of the query, as too many results are held.
    private var refusal: ResultStep {
        let response = GraphQLResponse.refused(.overloaded, HeldResults.message, kind: .requestError)
        return ResultStep(result: writer.write(.response(response), service, caller), isLast: true)
    }

    private mutating func step(_ response: GraphQLResponse, isLast: Bool = false) -> ResultStep {
        isSentWhole = Self.isWhole(response)
        return ResultStep(result: writer.write(.response(response), service, caller), isLast: isLast)
    }

    private static func isWhole(_ response: GraphQLResponse) -> Bool {
        response.kind == .executed && response.outcome.errorCodes.isEmpty
    }

    /// Executes the query; each execution is counted as a request of its own.
    private func make(after start: Instant? = nil) async -> Made {
        var pipeline = RequestPipeline(service: service, caller: caller)
        pipeline.readsAfter = start
        let outcome =
            switch pipeline.start(operation, reusesResult: start == nil) {
            case .finished(let outcome): outcome
            case .run(let run): await pipeline.execute(run)
            }
        let isFromCache =
            switch outcome {
            case .executed(let executed): executed.report.cached > 0 || executed.report.shared > 0
            case .reused: true
            case .refused: false
            }
        let response = await pipeline.serialized(outcome, of: operation)
        return Made(response: response, isFromCache: isFromCache)
    }
}

extension Plan {
    /// The entity types whose objects a result is made from.
    func entityTypes(_ bindings: BindingTable) -> Set<TypeID> {
        var types: Set<TypeID> = []
        for selection in selections {
            let possible = selection.isConcrete ? [selection.type] : executable.schema.possibleTypes(of: selection.type)
            // A list of which only the number of rows is selected depends on its rows nevertheless.
            let rows = possible.flatMap { bindings.rowTypes(ofConnection: $0, in: executable.schema) }
            types.formUnion((possible + rows).filter { bindings.entity(of: $0) != nil })
        }
        return types
    }
}
