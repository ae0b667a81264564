internal import JSON

/// The keys of a response, by the fields of a plan.
package struct ResponseKeys: Sendable {
    /// The keys of root fields, one after the other, each with its comma, quotes and colon.
    private let rootBytes: [UInt8]
    private let rootRanges: [Range<Int>]
    let belowRoot: KeysBelowRoot

    /// The keys that a plan has; see `Plan.responseKeys`.
    init(_ plan: Plan) {
        self.init(plan, belowRoot: nil) { $0 }
    }

    /// The keys that a plan would have if its fields had other aliases; nil if the types of some objects are not declared, so that the data
    /// does not say which fields they have.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - aliases: the other aliases by those of the plan; different ones by different ones.
    package init?(_ plan: Plan, renaming aliases: [String: String]) {
        guard plan.hasStaticKeys else { return nil }
        // PERF: mostly the aliases of root fields alone are other ones.
        let own = plan.responseKeys.belowRoot
        let isBelow = aliases.contains { $0 != $1 && own.contains($0) }
        self.init(plan, belowRoot: isBelow ? nil : own) { aliases[$0] ?? $0 }
    }

    private init(_ plan: Plan, belowRoot: KeysBelowRoot?, key: (String) -> String) {
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []
        for field in plan[plan.root].variants[0].fields {
            let start = bytes.count
            bytes.append(encodedKey: key(plan[field].responseKey))
            ranges.append(start..<bytes.count)
        }
        rootBytes = bytes
        rootRanges = ranges
        self.belowRoot = belowRoot ?? KeysBelowRoot(plan, key: key)
    }

    /// The number of root fields.
    var rootCount: Int { rootRanges.count }

    /// The bytes of all root fields' keys.
    var rootByteCount: Int { rootBytes.count }

    /// Appends the key of a root field.
    func append(root ordinal: Int, to output: inout OutputBuffer) {
        output.append(contentsOf: rootBytes, in: rootRanges[ordinal])
    }
}
