internal import GraphQL
internal import JSON
internal import Upstream

/// The cache of serialized root fields: an operation is only executed for the root fields that have no cached result.
///
/// As in `ResultCache`, results are made from fresh responses, are used until one of these is stale or any data that their caller
/// may see have changed, and are cached when they are requested for the second time.
struct RootFieldResults: Sendable {
    private let cache: ResultCache

    /// The key of a root field's result.
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

    /// The bytes of all results, as estimated.
    var cost: Int { cache.cost }

    /// The number of cached results, and how often one has been used.
    var use: (cached: Int, reuses: Int) { cache.use }

    /// Fills in the root fields of an execution that have cached results.
    ///
    /// - Parameters:
    ///   - execution: an execution that has not begun.
    ///   - key: the key of the operation's result.
    ///   - report: counts the responses that the results came from.
    /// - Returns: the keys of its other root fields, whose results are to be stored later.
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

    /// Caches results of root fields that were requested before.
    ///
    /// - Parameters:
    ///   - keys: the keys of the root fields.
    ///   - ranges: the ranges of all root fields' values in the output, in bytes.
    ///   - output: a response without errors.
    ///   - execution: the execution.
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
            // The responses of each field are unknown, so those of the operation are divided among the fields.
            share.cached = report.cached * (number + 1) / keys.count - report.cached * number / keys.count
            let data = SerializedResult(sameKeys: output.array(ranges[position]))
            cache.store(ReusedResult(data: data, estimate: OperationEstimate(), report: share), for: key.key)
        }
    }
}
