package import Logging

/// Writes log events as lines of text or JSON.
///
/// An event is always one line, whatever texts of clients and upstreams it has: see `LogText`.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: LogFormat
    private let sink: any LogSink
    private let time: @Sendable () -> String

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - label: the label of the logger.
    ///   - format: the format of lines.
    ///   - level: the lowest level that is written.
    ///   - sink: writes the lines.
    ///   - time: returns the time of an event in UTC; replaced in tests.
    package init(
        label: String,
        format: LogFormat,
        level: Logger.Level,
        sink: any LogSink,
        time: (@Sendable () -> String)? = nil
    ) {
        self.label = label
        self.format = format
        logLevel = level
        self.sink = sink
        self.time = time ?? { LogTime.now().text }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let fields = Self.sorted(fields(of: event))
        var line: [UInt8] = []
        line.reserveCapacity(512)
        switch format {
        case .text: appendText(event, fields, to: &line)
        case .json: appendJSON(event, fields, to: &line)
        }
        line.append(UInt8(ascii: "\n"))
        sink.write(line)
    }

    /// The fields of an event: those of the logger, of its provider, and of the event; later ones take precedence.
    private func fields(of event: LogEvent) -> Logger.Metadata {
        let provided = metadataProvider?.get() ?? [:]
        let own = event.metadata ?? [:]
        // PERF: nearly always there is one source.
        if metadata.isEmpty, provided.isEmpty { return own }
        return metadata.merging(provided) { _, new in new }.merging(own) { _, new in new }
    }

    /// The fields in the order of their names' bytes.
    // PERF: nearly all names differ in their first eight bytes, which are compared as one number.
    private static func sorted(_ fields: Logger.Metadata) -> [Logger.Metadata.Element] {
        let all = Array(fields)
        var order = all.indices.map { (start: start(of: all[$0].key), position: $0) }
        order.sort { left, right in
            guard left.start == right.start else { return left.start < right.start }
            return all[left.position].key.utf8.lexicographicallyPrecedes(all[right.position].key.utf8)
        }
        return order.map { all[$0.position] }
    }

    /// The first eight bytes of a name as a number in the same order.
    private static func start(of name: String) -> UInt64 {
        let bytes = name.utf8.span
        var start: UInt64 = 0
        for position in 0..<8 {
            start = start << 8 | (position < bytes.count ? UInt64(bytes[position]) : 0)
        }
        return start
    }

    // MARK: - Text

    private func appendText(_ event: LogEvent, _ fields: [Logger.Metadata.Element], to line: inout [UInt8]) {
        line.append(contentsOf: time().utf8)
        line.append(UInt8(ascii: " "))
        line.append(contentsOf: event.level.rawValue.utf8)
        line.append(UInt8(ascii: " "))
        line.append(contentsOf: label.utf8)
        line.append(contentsOf: ": ".utf8)
        LogText.append(escaped: event.message.description, to: &line)
        for (key, value) in fields {
            line.append(UInt8(ascii: " "))
            LogText.append(escaped: key, to: &line)
            line.append(UInt8(ascii: "="))
            let text = value.description
            if LogText.isPlain(text) {
                line.append(contentsOf: text.utf8)
            } else {
                LogText.append(quoted: text, to: &line)
            }
        }
    }

    // MARK: - JSON

    private func appendJSON(_ event: LogEvent, _ fields: [Logger.Metadata.Element], to line: inout [UInt8]) {
        line.append(contentsOf: "{\"time\":\"\(time())\",\"level\":\"\(event.level.rawValue)\",\"logger\":".utf8)
        LogText.append(quoted: label, to: &line)
        line.append(contentsOf: ",\"message\":".utf8)
        LogText.append(quoted: event.message.description, to: &line)
        for (key, value) in fields {
            line.append(UInt8(ascii: ","))
            LogText.append(quoted: Self.reserved.contains(key) ? key + "_" : key, to: &line)
            line.append(UInt8(ascii: ":"))
            Self.append(value, to: &line)
        }
        line.append(UInt8(ascii: "}"))
    }

    private static let reserved: Set<String> = ["time", "level", "logger", "message"]

    private static func append(_ value: Logger.MetadataValue, to line: inout [UInt8]) {
        switch value {
        case .string(let text): LogText.append(quoted: text, to: &line)
        case .stringConvertible(let number as any BinaryInteger): line.append(contentsOf: "\(number)".utf8)
        case .stringConvertible(let number as Double) where number.isFinite: line.append(contentsOf: "\(number)".utf8)
        case .stringConvertible(let flag as Bool): line.append(contentsOf: "\(flag)".utf8)
        case .stringConvertible(let other): LogText.append(quoted: other.description, to: &line)
        case .array(let values):
            line.append(UInt8(ascii: "["))
            for (position, value) in values.enumerated() {
                if position > 0 { line.append(UInt8(ascii: ",")) }
                append(value, to: &line)
            }
            line.append(UInt8(ascii: "]"))
        case .dictionary(let values):
            line.append(UInt8(ascii: "{"))
            for (position, entry) in values.sorted(by: { $0.key < $1.key }).enumerated() {
                if position > 0 { line.append(UInt8(ascii: ",")) }
                LogText.append(quoted: entry.key, to: &line)
                line.append(UInt8(ascii: ":"))
                append(entry.value, to: &line)
            }
            line.append(UInt8(ascii: "}"))
        }
    }
}
