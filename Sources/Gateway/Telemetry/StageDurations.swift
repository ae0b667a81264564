/// The durations of a request's stages, in nanoseconds.
package struct StageDurations: Sendable, Hashable {
    /// The stages of a request that are measured, in order.
    package enum Stage: String, Sendable, CaseIterable {
        /// Parsing, validation, the selection of the operation, the coercion of its variables, and planning.
        case prepare
        /// The lookup of an equal operation's result, and the estimate.
        case estimate
        /// The execution, with the upstream calls.
        case execute
        /// The serialization of the response.
        case serialize
    }

    private var nanoseconds: (Int64, Int64, Int64, Int64) = (-1, -1, -1, -1)

    package init() {}

    /// The duration of a stage in nanoseconds; nil: the request has not reached it.
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
    /// The whole nanoseconds; at most `Int64.max`.
    package var nanoseconds: Int64 {
        let attoseconds = attoseconds
        // PERF: the division of one word takes a tenth of that of two words, which takes a tenth of `components`.
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
