import NIOCore
import NIOEmbedded
import Testing

@testable import GatewayServer

/// How bytes are cut into lines.
@Suite struct LineDecoderTests {
    /// What arrives, and the lines in it.
    static let cases: [(name: String, arrivals: [String], lines: [String])] = [
        ("one line", ["ab\n"], ["ab"]),
        ("two lines at once", ["ab\ncd\n"], ["ab", "cd"]),
        ("carriage return and line feed", ["ab\r\ncd\r\n"], ["ab", "cd"]),
        ("a carriage return within a line", ["a\rb\n"], ["a\rb"]),
        ("a line in pieces", ["a", "", "b", "\nc", "d\n"], ["ab", "cd"]),
        ("carriage return and line feed in two pieces", ["ab\r", "\n"], ["ab"]),
        ("blank lines are empty", ["\n\r\n \t\n\t\r\na\n"], ["", "", "", "", "a"]),
        ("as long as lines may be", ["0123456789\n"], ["0123456789"]),
        ("a last line without an end", ["ab\ncd"], ["ab", "cd"]),
        ("spaces at the end", ["ab\n  "], ["ab", ""]),
        ("a zero byte", ["a\0b\n"], ["a\0b"]),
        ("nothing", [], []),
    ]

    @Test(arguments: cases)
    func cutsArrivalsIntoLines(name: String, arrivals: [String], lines: [String]) throws {
        #expect(try Self.lines(in: arrivals) == lines, "\(name)")
    }

    /// What has no line end within the limit, or has it too late.
    static let tooLong = [["0123456789a\n"], ["0123456789a"], ["01234", "56789", "a"], ["a\n", "0123456789a\n"]]

    @Test(arguments: tooLong)
    func refusesLinesThatAreTooLong(arrivals: [String]) {
        #expect(throws: LineDecoder.TooLong.self) { try Self.lines(in: arrivals) }
    }

    private static func lines(in arrivals: [String]) throws -> [String] {
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(LineDecoder(maximumBytes: 10)))
        for arrival in arrivals { try channel.writeInbound(ByteBuffer(string: arrival)) }
        // Hands on what is left.
        _ = try channel.finish()
        var lines: [String] = []
        while let line = try channel.readInbound(as: [UInt8].self) {
            lines.append(String(decoding: line, as: UTF8.self))
        }
        return lines
    }
}
