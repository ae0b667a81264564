/// A page of metrics that is being written.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/ and
/// https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md
struct ExpositionPage {
    /// Whether the page is in the OpenMetrics format; false: in the Prometheus text format.
    let isOpenMetrics: Bool
    private(set) var bytes: [UInt8] = []

    init(isOpenMetrics: Bool) {
        self.isOpenMetrics = isOpenMetrics
        bytes.reserveCapacity(64 << 10)
    }

    /// The value of `Content-Type`.
    var contentType: String {
        isOpenMetrics
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8"
    }

    /// Begins a metric.
    mutating func begin(_ family: MetricDeclaration) {
        // OpenMetrics names a metric without the suffixes of its samples.
        let name = isOpenMetrics ? family.name : family.exposedName
        append("# HELP \(name) ")
        appendEscaped(family.help, escapesQuotes: isOpenMetrics)
        append("\n# TYPE \(name) \(family.kind.rawValue)\n")
        if isOpenMetrics, let unit = family.unit { append("# UNIT \(name) \(unit)\n") }
    }

    /// Appends a sample.
    mutating func sample(_ name: String, _ labels: [(String, String)], _ value: String) {
        append(name)
        for (position, label) in labels.enumerated() {
            append(position == 0 ? "{" : ",")
            append(label.0)
            append("=\"")
            appendEscaped(label.1, escapesQuotes: true)
            append("\"")
        }
        append(labels.isEmpty ? " " : "} ")
        append(value)
        append("\n")
    }

    /// Appends the creation time of a series, which only OpenMetrics has.
    mutating func created(_ name: String, _ labels: [(String, String)], _ time: Double) {
        if isOpenMetrics { sample(name + "_created", labels, Self.number(time)) }
    }

    /// Ends the page.
    mutating func end() {
        if isOpenMetrics { append("# EOF\n") }
    }

    private mutating func append(_ text: String) { bytes += Array(text.utf8) }

    private mutating func appendEscaped(_ text: String, escapesQuotes: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\"") where escapesQuotes: append("\\\"")
            default: bytes.append(byte)
            }
        }
    }

    // MARK: - Numbers

    /// Formats a value.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }

    /// Formats a bound of a histogram as Go does: it is a label's value, and must be equal in all exporters.
    static func bound(_ value: Double) -> String {
        let text = "\(value)"
        guard value > 0, let dot = text.firstIndex(of: "."), text.distance(from: text.startIndex, to: dot) > 6 else {
            return text
        }
        let exponent = text.distance(from: text.startIndex, to: dot) - 1
        var mantissa = "\(text.prefix(1)).\(text.dropFirst().prefix(exponent))\(text[dot...].dropFirst())"
        while let last = mantissa.last, last == "0" || last == "." { mantissa.removeLast() }
        return "\(mantissa)e+0\(exponent)"
    }
}
