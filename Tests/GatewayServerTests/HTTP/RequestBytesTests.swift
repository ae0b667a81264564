import NIOCore
import Testing

@testable import GatewayServer

@Suite struct RequestBytesTests {
    private func bytes(_ text: String) throws -> RequestBytes { try #require(RequestBytes(ByteBuffer(string: text))) }

    @Test func onlyTheSameBytesAreEqual() throws {
        #expect(try bytes("GET /a") == bytes("GET /a"))
        #expect(try bytes("GET /a").digest == bytes("GET /a").digest)
        #expect(try bytes("GET /a") != bytes("GET /A"))
        #expect(try bytes("GET /a") != bytes("GET /a "))
        #expect(try bytes("\u{E9}") != bytes("e\u{301}"))
        #expect(try bytes("") == bytes(""))
    }

    @Test func bytesBeforeTheReaderIndexAreIgnored() throws {
        var buffer = ByteBuffer(string: "xxGET /a")
        buffer.moveReaderIndex(forwardBy: 2)
        let read = try #require(RequestBytes(buffer))
        #expect(try read == bytes("GET /a"))
        #expect(read.compacted == read)
        #expect(read.compacted.bytes.readerIndex == 0)
    }

    @Test func longRequestsAreNotCompared() {
        #expect(RequestBytes(ByteBuffer(repeating: 65, count: 16 << 10)) != nil)
        #expect(RequestBytes(ByteBuffer(repeating: 65, count: (16 << 10) + 1)) == nil)
    }

    @Test(arguments: 1...5) func partIsWithinTheTable(count: Int) throws {
        for text in ["", "a", "GET /", "POST /graphql", "\0"] {
            #expect((0..<count).contains(try bytes(text).part(of: count)))
        }
    }
}
