import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import GatewayServer

/// Versions in request lines are checked wherever the bytes of a connection are cut, and nothing else is taken for one.
@Suite struct RequestDecoderTests {
    private static let host = "\r\nHost: a\r\n\r\n"

    /// What a client sends, and what is read.
    static let cases: [(text: String, read: String)] = [
        ("GET /a HTTP/1.1\(host)", "GET /a HTTP/1.1;"), ("GET /a HTTP/1.0\(host)", "GET /a HTTP/1.0;"),
        ("GET /a HTTP/1.2\(host)", "GET /a HTTP/1.1;"), ("GET /a HTTP/1.9\r\n\r\n", "GET /a HTTP/1.1;"),
        ("\r\nGET  /a   HTTP/1.2\(host)", "GET /a HTTP/1.1;"),
        ("GET /a HTTP/0.9\(host)", "version"), ("GET /a HTTP/2.0\(host)", "version"),
        ("GET /a HTTP/3.0\(host)", "version"), ("GET /a HTTP/1.22\(host)", "malformed"),
        ("GET /a RTSP/1.1\(host)", "malformed"), ("GET /a RTSP/1.0\(host)", "malformed"),
        ("OPTIONS * RTSP/1.0\(host)", "malformed"), ("SOURCE /a ICE/1.0\(host)", "malformed"),
        ("GET  /a   RTSP/1.1\(host)", "malformed"),
        // Behind other requests.
        ("GET /a HTTP/1.1\(host)GET /b RTSP/1.1\(host)", "GET /a HTTP/1.1;malformed"),
        ("GET /a HTTP/1.1\(host)GET /b HTTP/2.0\(host)", "GET /a HTTP/1.1;version"),
        ("GET /a HTTP/1.2\(host)GET /b HTTP/1.2\(host)", "GET /a HTTP/1.1;GET /b HTTP/1.1;"),
        (
            "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nABCGET /b RTSP/1.1\(host)",
            "POST /a HTTP/1.1ABC;malformed"
        ),
        // Where no version stands.
        ("GET /a?HTTP/2.0 HTTP/1.1\(host)", "GET /a?HTTP/2.0 HTTP/1.1;"),
        ("GET HTTP/1.2 HTTP/1.1\(host)", "malformed"),
        ("GET /a HTTP/1.1\r\nX: GET /a RTSP/1.1 HTTP/2.0\r\nY:  HTTP/1.2\(host)", "GET /a HTTP/1.1;"),
        (
            "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 32\r\n\r\nGET /b RTSP/1.1 HTTP/2.0 ICE/1.1",
            "POST /a HTTP/1.1GET /b RTSP/1.1 HTTP/2.0 ICE/1.1;"
        ),
        (
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n9;x=\"A HTTP/2.0\"\r\n HTTP/2.0\r\n0\r\nX: A RTSP/1.1\r\n\r\n",
            "POST /a HTTP/1.1 HTTP/2.0;"
        ),
    ]

    @Test(arguments: cases.indices) func decodesARequestCutAtAnyByte(position: Int) throws {
        let (text, read) = Self.cases[position]
        #expect(try Self.read([text]) == read)
        #expect(try Self.read(text.utf8.map { String(decoding: [$0], as: UTF8.self) }) == read, "in single bytes")
        let bytes = Array(text.utf8)
        for count in 1..<bytes.count {
            let pieces = [bytes[..<count], bytes[count...]].map { String(decoding: $0, as: UTF8.self) }
            #expect(try Self.read(pieces) == read, "cut at \(count)")
        }
    }

    /// What is read of pieces that come one after another.
    private static func read(_ pieces: [String]) throws -> String {
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(ConnectionLimits().requestDecoder()))
        var fault = ""
        do {
            for piece in pieces { try channel.writeInbound(ByteBuffer(string: piece)) }
        } catch is RequestDecoder.UnsupportedVersion {
            fault = "version"
        } catch is HTTPParserError {
            fault = "malformed"
        }
        var text = ""
        while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head): text += "\(head.method) \(head.uri) \(head.version)"
            case .body(let bytes): text += String(buffer: bytes)
            case .end: text += ";"
            }
        }
        return text + fault
    }
}
