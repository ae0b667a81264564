package import Logging

/// Writes log events as lines of text or JSON.
///
/// Whatever a client or an upstream puts into a text, an event is one line: see `LogText`.
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
    ///   - label: that of the logger.
    ///   - format: how lines are written.
    ///   - level: the least important level that is written.
    ///   - sink: where lines go.
    ///   - time: the time of an event in UTC; replaced in tests.
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
        var all = metadataProvider.map { metadata.merging($0.get()) { _, new in new } } ?? metadata
        if let own = event.metadata { all.merge(own) { _, new in new } }
        let fields = all.sorted { $0.key < $1.key }
        var line: [UInt8] = []
        line.reserveCapacity(512)
        switch format {
        case .text: appendText(event, fields, to: &line)
        case .json: appendJSON(event, fields, to: &line)
        }
        line.append(UInt8(ascii: "\n"))
        sink.write(line)
    }

    // MARK: - Text

    private func appendText(_ event: LogEvent, _ fields: [Logger.Metadata.Element], to line: inout [UInt8]) {
        line += Array("\(time()) \(event.level.rawValue) \(label): ".utf8)
        LogText.append(escaped: event.message.description, to: &line)
        for (key, value) in fields {
            line.append(UInt8(ascii: " "))
            LogText.append(escaped: key, to: &line)
            line.append(UInt8(ascii: "="))
            let text = value.description
            if LogText.isPlain(text) { line += Array(text.utf8) } else { LogText.append(quoted: text, to: &line) }
        }
    }

    // MARK: - JSON

    private func appendJSON(_ event: LogEvent, _ fields: [Logger.Metadata.Element], to line: inout [UInt8]) {
        line += Array("{\"time\":\"\(time())\",\"level\":\"\(event.level.rawValue)\",\"logger\":".utf8)
        LogText.append(quoted: label, to: &line)
        line += Array(",\"message\":".utf8)
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
        case .stringConvertible(let number as any BinaryInteger): line += Array("\(number)".utf8)
        case .stringConvertible(let number as Double) where number.isFinite: line += Array("\(number)".utf8)
        case .stringConvertible(let flag as Bool): line += Array("\(flag)".utf8)
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
