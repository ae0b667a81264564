internal import GraphQL
internal import JSON
internal import Upstream

/// Results of root fields, serialized: an operation that differs from earlier ones in some of its root fields is executed for these alone.
///
/// What holds for the results of operations holds for these: they come from fresh responses, are used until one of these is stale
/// or anything has changed that their caller can be shown, and must be asked for twice to be cached.
struct RootFieldResults: Sendable {
    private let cache: ResultCache

    /// What names the result of a root field.
    struct Key: Sendable {
        fileprivate let field: PlanFieldID
        fileprivate let key: ResultKey
    }

    /// Makes a cache.
    ///
    /// - Parameter capacity: the most bytes of all results together; 0: nothing is cached.
    init(capacity: Int) {
        cache = ResultCache(capacity: capacity)
    }

    /// The memory that all results take up, as it is counted.
    var cost: Int { cache.cost }

    /// How many results are cached, and how often one has been used.
    var use: (cached: Int, reuses: Int) { cache.use }

    /// Lets an execution have the root fields whose results are cached.
    ///
    /// - Parameters:
    ///   - execution: an execution that has asked for nothing yet.
    ///   - key: what names its result.
    ///   - report: counts the responses that the results came from.
    /// - Returns: what names the results of its other root fields, to be stored when they are there.
    func use(in execution: inout Execution, _ key: ResultKey, report: CallReport) -> [Key] {
        guard cache.isEnabled else { return [] }
        var values: [PlanFieldID: [UInt8]] = [:]
        var others: [Key] = []
        for field in execution.independentRootFields {
            guard let signature = OperationSignature(of: field, in: execution.context) else { continue }
            let key = ResultKey(signature, like: key)
            if let result = cache.result(key), let freshFor = result.report.freshFor {
                values[field] = result.data.valueBytes
                report.reused(responses: result.report.cached, freshFor: freshFor)
            } else {
                others.append(Key(field: field, key: key))
            }
        }
        if !values.isEmpty { execution.use(serialized: values) }
        return others
    }

    /// Caches results of root fields that have been asked for before.
    ///
    /// - Parameters:
    ///   - keys: what names them.
    ///   - ranges: where the values of all root fields lie in the output.
    ///   - output: a response without errors.
    ///   - execution: what was executed.
    ///   - report: the calls that it took.
    func store(
        _ keys: [Key],
        _ ranges: [Range<Int>],
        in output: borrowing OutputBuffer,
        of execution: Execution,
        report: CallReport.Counts
    ) {
        let fields = execution.rootFields
        for (number, key) in keys.enumerated() where cache.wants(report, for: key.key) {
            guard let position = fields.firstIndex(of: key.field) else { continue }
            var share = report
            // The responses behind each field are not known; together they are those of the operation.
            share.cached = report.cached * (number + 1) / keys.count - report.cached * number / keys.count
            let data = SerializedResult(sameKeys: output.array(ranges[position]))
            cache.store(ReusedResult(data: data, estimate: OperationEstimate(), report: share), for: key.key)
        }
    }
}
