internal import GraphQL
internal import JSON
internal import Upstream

/// The results of a query with `@live`: the first, and another one whenever what it was made from has changed.
///
/// Changes are noticed from some instant on. A result that was made from older responses in the cache may lack earlier ones: another
/// is made when the first of these responses is too old. So is one after a result that has errors.
struct LiveResults: ResultSource {
    typealias Instant = ContinuousClock.Instant

    /// A result, and what it was made from.
    private struct Made {
        let response: GraphQLResponse
        /// Whether responses from before were used, or those that another request has fetched.
        let isFromCache: Bool
    }

    let service: GatewayService
    let caller: Caller
    let operation: PreparedOperation
    let writer: ResultWriter
    /// From when on changes are noticed; nil: they are not yet.
    let noticesSince: @Sendable () -> Instant?
    private var sent: SentResult?
    private var isSentWhole = false
    /// When the first result was made, if no older response was used.
    private var readAt: Instant?
    /// Whether nothing can have changed unnoticed.
    private var isConfirmed = false
    private var failures = 0
    private(set) var due: Instant?

    /// The time before another result is made at the earliest, doubled with each one that fails again, and the longest: a choice.
    private static let pauses = (least: Duration.seconds(30), most: Duration.seconds(300))
    /// The first result is made while the first reading is: what changes between the two is not looked for, a choice.
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
    }

    /// What its client has not taken yet is not followed by more: what changes meanwhile is one more result.
    var isPaced: Bool { true }

    mutating func begin() async -> [ResultStep] {
        let begun = service.broker.now()
        let first = await make()
        guard first.response.kind == .executed else { return [step(first.response, isLast: true)] }
        if !first.isFromCache { readAt = begun }
        plan(after: first.response)
        let sent = SentResult(first.response, asPatches: operation.live == .patches)
        self.sent = sent
        return [step(sent.response)]
    }

    /// Most changes concern something else: the result is the same, and took no call.
    mutating func steps(after change: Change, number: UInt64, for caller: Caller) async -> [ResultStep] {
        let next = await make().response
        plan(after: next)
        return steps(to: next)
    }

    /// The next result says so, at its fields.
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
        // What has been sent is as right as what cannot be had.
        return isSentWhole && !Self.isWhole(next) ? [] : steps(to: next)
    }

    /// Decides when there is another result whatever changes.
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
        guard var sent, sent.replace(with: next) else { return [] }
        self.sent = sent
        return [step(sent.response)]
    }

    private mutating func step(_ response: GraphQLResponse, isLast: Bool = false) -> ResultStep {
        isSentWhole = Self.isWhole(response)
        return ResultStep(result: writer.write(.response(response), service, caller), isLast: isLast)
    }

    private static func isWhole(_ response: GraphQLResponse) -> Bool {
        response.kind == .executed && response.outcome.errorCodes.isEmpty
    }

    /// Executes the query; each execution is a request of its own, which is counted by itself.
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
        let response = await outcome.serialized { [pipeline] in pipeline.response(to: operation, $0) }
        return Made(response: response, isFromCache: isFromCache)
    }
}

extension Plan {
    /// The types of objects that a result is made from.
    func entityTypes(_ bindings: BindingTable) -> Set<TypeID> {
        var types: Set<TypeID> = []
        for selection in selections {
            let possible = selection.isConcrete ? [selection.type] : executable.schema.possibleTypes(of: selection.type)
            // A list of which nothing but the number of rows is shown is made from these nevertheless.
            let rows = possible.flatMap { bindings.rowTypes(ofConnection: $0, in: executable.schema) }
            types.formUnion((possible + rows).filter { bindings.entity(of: $0) != nil })
        }
        return types
    }
}
