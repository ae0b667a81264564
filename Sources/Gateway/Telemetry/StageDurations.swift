/// How long the stages of a request took, in nanoseconds.
package struct StageDurations: Sendable, Hashable {
    /// The stages of a request that are measured, in order.
    package enum Stage: String, Sendable, CaseIterable {
        /// Parsing, validation, the choice of the operation, its variables and its plan.
        case prepare
        /// The search for an equal operation's result, and the estimate.
        case estimate
        /// The execution, with the upstream calls.
        case execute
        /// The response's bytes.
        case serialize
    }

    private var nanoseconds: (Int64, Int64, Int64, Int64) = (-1, -1, -1, -1)

    package init() {}

    /// How long a stage took; nil: the request has not come so far.
    package subscript(stage: Stage) -> Int64? {
        get {
            let value =
                switch stage {
                case .prepare: nanoseconds.0
                case .estimate: nanoseconds.1
                case .execute: nanoseconds.2
                case .serialize: nanoseconds.3
                }
            return value < 0 ? nil : value
        }
        set {
            let value = newValue ?? -1
            switch stage {
            case .prepare: nanoseconds.0 = value
            case .estimate: nanoseconds.1 = value
            case .execute: nanoseconds.2 = value
            case .serialize: nanoseconds.3 = value
            }
        }
    }

    package static func == (left: StageDurations, right: StageDurations) -> Bool {
        left.nanoseconds == right.nanoseconds
    }

    package func hash(into hasher: inout Hasher) {
        for stage in Stage.allCases { hasher.combine(self[stage]) }
    }
}

extension Duration {
    /// The whole nanoseconds, as far as they fit.
    package var nanoseconds: Int64 {
        let attoseconds = attoseconds
        // PERF: the division of what fits in one word takes a tenth of that of two words, which takes a tenth of `components`.
        if let short = Int64(exactly: attoseconds) { return short / 1_000_000_000 }
        let unit: UInt64 = 1_000_000_000
        let magnitude = attoseconds.magnitude
        let (high, low) = (magnitude >> 64, UInt64(truncatingIfNeeded: magnitude))
        guard high < unit else { return .max }
        let quotient = unit.dividingFullWidth((UInt64(high), low)).quotient
        guard let whole = Int64(exactly: quotient) else { return .max }
        return attoseconds < 0 ? -whole : whole
    }
}
