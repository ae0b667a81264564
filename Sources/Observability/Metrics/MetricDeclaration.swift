/// The declaration of a metric.
package struct MetricDeclaration: Sendable, Hashable {
    /// The type of a metric.
    package enum Kind: String, Sendable {
        case counter
        case gauge
        case histogram
    }

    /// The name without the suffixes that formats add: `_total`, `_bucket`.
    package let name: String
    package let kind: Kind
    /// The unit, which is also the suffix of the name; nil: it has none.
    package let unit: String?
    /// The names of the labels, in the order in which they are written.
    package let labels: [String]
    /// The description, in one sentence.
    package let help: String
    /// The upper bounds of a histogram's buckets, in its unit.
    package let bounds: [Double]

    package init(
        _ kind: Kind,
        _ name: String,
        labels: [String] = [],
        unit: String? = nil,
        bounds: [Double] = [],
        _ help: String
    ) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.labels = labels
        self.help = help
        self.bounds = bounds
    }

    /// The name in the Prometheus text format.
    package var exposedName: String { kind == .counter ? name + "_total" : name }

    /// The bounds of durations in seconds: from cached responses to timeouts.
    static let durations: [Double] = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
    ]
    /// The bounds of sizes in bytes.
    static let sizes: [Double] = (4...13).map { Double(1 << (2 * $0 as Int)) }
    /// The bounds of numbers of calls.
    static let counts: [Double] = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
}
