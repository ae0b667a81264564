internal import ArgumentParser
internal import Gateway
internal import Logging
internal import Observability

/// The options of the logs.
struct LogOptions: ParsableArguments {
    @Option(help: "How log lines are written: text or json.")
    var logFormat: LogFormat = .text

    @Option(help: "The lowest level that is logged: trace, debug, info, notice, warning, error or critical.")
    var logLevel: LogLevel = LogLevel(level: .info)

    @Option(help: "Which requests have a line in the access log: off, sampled or all.")
    var accessLog: AccessLogChoice = .off

    @Option(help: "The share of requests that have a line in a sampled access log, from 0 to 1.")
    var accessLogRate: Double = 0.01

    @Option(
        name: .customLong("slow-operation"),
        help: "Log operations that take at least this many milliseconds, with their call plans; 0: none."
    )
    var slowOperationMilliseconds: Int = 0

    /// The requests that have a line in the access log.
    enum AccessLogChoice: String, CaseIterable, ExpressibleByArgument {
        case off
        case sampled
        case all
    }

    /// A level of log lines.
    struct LogLevel: ExpressibleByArgument, CustomStringConvertible {
        let level: Logger.Level

        init(level: Logger.Level) { self.level = level }

        init?(argument: String) {
            guard let level = Logger.Level(rawValue: argument) else { return nil }
            self.level = level
        }

        var description: String { level.rawValue }
        var defaultValueDescription: String { level.rawValue }
        static var allValueStrings: [String] { Logger.Level.allCases.map(\.rawValue) }
    }

    func validate() throws {
        guard (0...1).contains(accessLogRate) else { throw ValidationError("--access-log-rate is from 0 to 1.") }
        guard slowOperationMilliseconds >= 0 else { throw ValidationError("--slow-operation cannot be negative.") }
        try OptionBound.check(["slow-operation": slowOperationMilliseconds], atMost: OptionBound.seconds * 1000)
    }

    /// Returns a logger that writes to a sink.
    func logger(_ label: String, sink: any LogSink) -> Logger {
        Logger(label: label) { LineLogHandler(label: $0, format: logFormat, level: logLevel.level, sink: sink) }
    }

    /// Returns the access log; nil: none.
    func accessLog(sink: any LogSink) -> AccessLog? {
        let policy: AccessLogPolicy
        switch accessLog {
        case .off: return nil
        case .sampled: policy = .sampled(accessLogRate)
        case .all: policy = .all
        }
        // Its lines have a switch of their own.
        let logger = Logger(label: "access") {
            LineLogHandler(label: $0, format: logFormat, level: .info, sink: sink)
        }
        return AccessLog(logger, policy)
    }
}

extension LogFormat: ExpressibleByArgument {}
