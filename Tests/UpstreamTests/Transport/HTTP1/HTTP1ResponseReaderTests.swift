import Testing

@testable import Upstream

/// Responses that are read from bytes in parts of any size.
@Suite struct HTTP1ResponseReaderTests {
    /// What a response is read as.
    enum Reading: Hashable {
        /// A complete response, and whether the connection can be used again.
        case response(Int, String, keeps: Bool)
        /// None, for this reason.
        case failure(TransportError.Code)
        /// More bytes are needed.
        case incomplete
    }

    /// What comes on a connection before it ends, and what must be made of it.
    struct Received: CustomTestStringConvertible {
        let testDescription: String
        let bytes: String
        let expected: Reading
        let ends: Bool

        init(_ description: String, _ bytes: String, _ expected: Reading, ends: Bool = false) {
            testDescription = description
            self.bytes = bytes
            self.expected = expected
            self.ends = ends
        }
    }

    static let whole: [Received] = [
        Received("a length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", .response(200, "abc", keeps: true)),
        Received("line feeds alone", "HTTP/1.1 200 OK\nContent-Length: 3\n\nabc", .response(200, "abc", keeps: true)),
        Received("no reason", "HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n", .response(404, "", keeps: true)),
        Received("no content by status", "HTTP/1.1 204 No\r\n\r\n", .response(204, "", keeps: true)),
        Received(
            "content that may follow although the status says that there is none",
            "HTTP/1.1 204 No\r\nContent-Length: 9\r\n\r\n",
            .response(204, "", keeps: false)
        ),
        Received(
            "chunks that may follow although the status says that there is no content",
            "HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n",
            .response(204, "", keeps: false)
        ),
        Received(
            "empty lines of an earlier response",
            "\r\n\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
            .response(200, "x", keeps: true)
        ),
        Received("not modified", "HTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n", .response(304, "", keeps: true)),
        Received(
            "the same length twice",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\ncontent-length: 2, 2\r\n\r\nab",
            .response(200, "ab", keeps: true)
        ),
        Received(
            "an interim response",
            "HTTP/1.1 103 Early\r\nContent-Length: 7\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
            .response(200, "x", keeps: true)
        ),
        Received(
            "chunks",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3;a=b\r\nabc\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
            .response(200, "abc0123456789", keeps: true)
        ),
        Received(
            "chunks and a length",
            "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
            .response(200, "x", keeps: false)
        ),
        Received(
            "a close",
            "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 1\r\n\r\nx",
            .response(200, "x", keeps: false)
        ),
        Received("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", .response(200, "x", keeps: false)),
        Received(
            "a persistent HTTP/1.0",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx",
            .response(200, "x", keeps: true)
        ),
        Received(
            "chunks of HTTP/1.0",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
            .response(200, "x", keeps: false)
        ),
        Received(
            "no transfer coding",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 1\r\n\r\nx",
            .response(200, "x", keeps: false)
        ),
        Received(
            "no transfer coding and no length",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Identity\r\n\r\nx",
            .response(200, "x", keeps: false),
            ends: true
        ),
        Received(
            "no transfer coding before chunks",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
            .response(200, "x", keeps: true)
        ),
        Received(
            "a folded close",
            "HTTP/1.1 200 OK\r\nConnection:\r\n close\r\nContent-Length: 1\r\n\r\nx",
            .response(200, "x", keeps: false)
        ),
        Received(
            "a fold behind the status line",
            "HTTP/1.1 200 OK\r\n Content-Length: 2\r\nContent-Length: 1\r\n\r\nx",
            .response(200, "x", keeps: true)
        ),
        Received(
            "bytes of no response",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxy",
            .response(200, "x", keeps: false)
        ),
        Received(
            "the end of the connection",
            "HTTP/1.1 200 OK\r\n\r\nall",
            .response(200, "all", keeps: false),
            ends: true
        ),
        Received(
            "a folded field",
            "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 1\r\n\r\nx",
            .response(200, "x", keeps: true)
        ),
        Received("content that is missing", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", .incomplete),
        Received(
            "a last chunk that is missing",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
            .incomplete
        ),
    ]

    static let refused: [Received] = [
        Received(
            "two lengths",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            .failure(.malformedResponse)
        ),
        Received("a list of lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n", .failure(.malformedResponse)),
        Received("a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", .failure(.malformedResponse)),
        Received("a signed length", "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n", .failure(.malformedResponse)),
        Received("no length", "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n", .failure(.malformedResponse)),
        Received(
            "an endless length",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            .failure(.tooLarge)
        ),
        Received(
            "a folded transfer coding",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding:\r\n chunked\r\n\r\n",
            .failure(.malformedResponse)
        ),
        Received("a NUL in a fold", "HTTP/1.1 200 OK\r\nX: a\r\n b\u{0}\r\n\r\n", .failure(.malformedResponse)),
        Received(
            "many empty lines",
            String(repeating: "\r\n", count: 9) + "HTTP/1.1 200 OK\r\n\r\n",
            .failure(.malformedResponse)
        ),
        Received("a folded length", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n 2\r\n\r\n", .failure(.malformedResponse)),
        Received(
            "another coding",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            .failure(.malformedResponse)
        ),
        Received(
            "chunks twice",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
            .failure(.malformedResponse)
        ),
        Received(
            "a space before the colon",
            "HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\n",
            .failure(.malformedResponse)
        ),
        Received("a field without a name", "HTTP/1.1 200 OK\r\n: 1\r\n\r\n", .failure(.malformedResponse)),
        Received("a field without a colon", "HTTP/1.1 200 OK\r\nvalue\r\n\r\n", .failure(.malformedResponse)),
        Received("a NUL", "HTTP/1.1 200 OK\r\nX: a\u{0}b\r\n\r\n", .failure(.malformedResponse)),
        Received("another protocol", "HTTP/1.1 101 Switching Protocols\r\n\r\n", .failure(.malformedResponse)),
        Received("HTTP/2", "HTTP/2 200 OK\r\n\r\n", .failure(.malformedResponse)),
        Received("no number", "HTTP/1.1 2x0 OK\r\n\r\n", .failure(.malformedResponse)),
        Received("a status of two digits", "HTTP/1.1 20 OK\r\n\r\n", .failure(.malformedResponse)),
        Received(
            "a chunk without a size",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
            .failure(.truncated)
        ),
        Received(
            "a chunk that goes on",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n",
            .failure(.truncated)
        ),
        Received("more content than is taken", "HTTP/1.1 200 OK\r\nContent-Length: 65\r\n\r\n", .failure(.tooLarge)),
        Received(
            "a chunk larger than is taken",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n41\r\n" + String(repeating: "x", count: 65),
            .failure(.tooLarge)
        ),
        Received(
            "a size beyond all",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n",
            .failure(.tooLarge)
        ),
        Received("half a head", "HTTP/1.1 200 OK\r\nContent-Le", .failure(.closedEarly), ends: true),
        Received("nothing", "", .failure(.closedEarly), ends: true),
        Received(
            "half its content",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
            .failure(.truncated),
            ends: true
        ),
    ]

    @Test(arguments: whole + refused)
    func readsInPartsOfAnySize(_ received: Received) {
        for size in [1, 2, 3, 7, 64, 100_000] {
            var reader = HTTP1ResponseReader(maximumContentBytes: 64)
            let reading = read(received, &reader, partsOf: size)
            // What follows the response is noticed only where it comes with it.
            guard received.testDescription != "bytes of no response" || size == 100_000 else { continue }
            #expect(reading == received.expected, "in parts of \(size)")
        }
    }

    private func read(_ received: Received, _ reader: inout HTTP1ResponseReader, partsOf size: Int) -> Reading {
        var rest = Array(received.bytes.utf8)[...]
        var step = HTTP1ResponseReader.Step.incomplete
        while !rest.isEmpty, step == .incomplete {
            let part = Array(rest.prefix(size))
            rest = rest.dropFirst(size)
            step = reader.receive(part.span)
        }
        if received.ends, step == .incomplete { step = reader.receiveEnd() }
        switch step {
        case .incomplete: return .incomplete
        case .failed(let code): return .failure(code)
        case .complete:
            let keeps = reader.keepsConnection
            let text = String(decoding: reader.takeContent(), as: UTF8.self)
            return .response(reader.head.status, text, keeps: keeps)
        }
    }

    @Test func aFoldedFieldIsOneLine() {
        var reader = HTTP1ResponseReader(maximumContentBytes: 64)
        let head = "HTTP/1.1 204 No\r\nX: a\r\n\tb\n c\r\nContent-Encoding: gzip,\r\n deflate, none\r\n\r\n"
        #expect(reader.receive(Array(head.utf8).span) == .complete)
        #expect(reader.head.contentCodings == ["gzip", "deflate"])
        #expect(TransportHeaders(bytes: reader.head.bytes).all("x") == ["a  \tb  c"])
    }

    @Test func aHeadIsBounded() {
        var reader = HTTP1ResponseReader(maximumContentBytes: 64)
        let line = Array("X: \(String(repeating: "x", count: 1000))\r\n".utf8)
        var steps = [reader.receive(Array("HTTP/1.1 200 OK\r\n".utf8).span)]
        for _ in 0..<400 where steps.last == .incomplete { steps.append(reader.receive(line.span)) }
        #expect(steps.last == .failed(.tooLarge))
        #expect(reader.head.bytes.count <= HTTP1ResponseReader.maximumHeadBytes)
    }

    /// An upstream that sends bytes without content, for as long as a call may take.
    @Test(arguments: [
        ("", "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "0"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx", "\r"),
    ])
    func bytesWithoutContentAreBounded(begin: String, again: String) {
        var reader = HTTP1ResponseReader(maximumContentBytes: 64)
        var step = reader.receive(Array(begin.utf8).span)
        let bytes = Array(String(repeating: again, count: 1000).utf8)
        var count = 0
        while step == .incomplete, count < 1 << 20 {
            step = reader.receive(bytes.span)
            count += bytes.count
        }
        #expect(step == .failed(.tooLarge) || step == .failed(.malformedResponse))
    }

    @Test func trailersAreBounded() {
        var reader = HTTP1ResponseReader(maximumContentBytes: 64)
        let head = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n".utf8)
        var step = reader.receive(head.span)
        let line = Array("X: \(String(repeating: "x", count: 1000))\r\n".utf8)
        for _ in 0..<100 where step == .incomplete { step = reader.receive(line.span) }
        #expect(step == .failed(.malformedResponse))
    }
}
