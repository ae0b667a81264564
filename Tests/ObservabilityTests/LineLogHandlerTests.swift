import JSON
import Logging
import Synchronization
import Testing

@testable import Observability

/// How log lines are written.
@Suite struct LineLogHandlerTests {
    /// Keeps what is written.
    final class Sink: LogSink {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func write(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
    }

    private func lines(_ format: LogFormat, _ level: Logger.Level = .info, _ body: (Logger) -> Void) -> [String] {
        let sink = Sink()
        body(
            Logger(label: "gateway") {
                LineLogHandler(label: $0, format: format, level: level, sink: sink) { "2026-11-28T12:00:00.000Z" }
            }
        )
        return sink.all
    }

    private let hostile = "Q\n2026 error forged: a=\"b\" \\ \u{1B}[2J\u{9B}2J\u{202E}\u{2028}\r\0é"

    @Test func textHasTimeLevelMessageAndSortedFields() {
        #expect(
            lines(.text) {
                $0.info("Hidden?", metadata: ["b": "two words", "a": "1", "c": ""])
                $0.debug("Not written.")
            } == ["2026-11-28T12:00:00.000Z info gateway: Hidden? a=1 b=\"two words\" c=\"\"\n"]
        )
    }

    @Test func fieldsOfAnEventWinOverThoseOfItsProviderAndItsLogger() {
        let sink = Sink()
        var logger = Logger(label: "gateway") { label in
            var handler = LineLogHandler(label: label, format: .text, level: .info, sink: sink) { "now" }
            handler.metadataProvider = Logger.MetadataProvider { ["b": "provider", "c": "provider"] }
            return handler
        }
        logger[metadataKey: "a"] = "logger"
        logger[metadataKey: "b"] = "logger"
        logger.info("x", metadata: ["c": "event"])
        logger.info("y")
        #expect(
            sink.all == [
                "now info gateway: x a=logger b=provider c=event\n",
                "now info gateway: y a=logger b=provider c=provider\n",
            ]
        )
    }

    @Test func jsonHasOneObjectALineWithNumbersAsNumbers() {
        let all = lines(.json) {
            $0.warning(
                "A \"quoted\" message",
                metadata: [
                    "status": .stringConvertible(503), "ms": .stringConvertible(1.5), "plan": ["a", "b"],
                    "more": ["x": "y"], "time": "mine",
                ]
            )
        }
        #expect(
            all == [
                #"{"time":"2026-11-28T12:00:00.000Z","level":"warning","logger":"gateway","message":"A \"quoted\" message","#
                    + #""more":{"x":"y"},"ms":1.5,"plan":["a","b"],"status":503,"time_":"mine"}"# + "\n"
            ]
        )
    }

    @Test(arguments: [LogFormat.text, .json]) func nothingInATextEndsALineOrMovesACursor(_ format: LogFormat) {
        let all = lines(format) {
            $0.info("\(hostile)", metadata: ["operation": "\(hostile)", "\(hostile)": "x", "list": ["\(hostile)"]])
        }
        #expect(all.count == 1)
        let body = all[0].dropLast().unicodeScalars
        #expect(all[0].last == "\n")
        #expect(!body.contains { [.control, .format, .lineSeparator].contains($0.properties.generalCategory) })
    }

    @Test func jsonGivesTheTextBackAsItCame() throws {
        let all = lines(.json) { $0.info("x", metadata: ["operation": "\(hostile)😀"]) }
        let object = try JSONValue(parsing: Array(all[0].utf8))
        #expect(object["operation"] == .string("\(hostile)😀"))
    }

    @Test func timesAreInUTC() {
        #expect(LogTime(seconds: 0, milliseconds: 7).text == "1970-01-01T00:00:00.007Z")
        #expect(LogTime(seconds: 951_782_399, milliseconds: 0).text == "2000-02-28T23:59:59.000Z")
        #expect(LogTime(seconds: 951_782_400, milliseconds: 0).text == "2000-02-29T00:00:00.000Z")
        #expect(LogTime(seconds: 1_798_761_599, milliseconds: 999).text == "2026-12-31T23:59:59.999Z")
    }
}
