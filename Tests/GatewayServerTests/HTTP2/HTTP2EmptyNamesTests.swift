import NIOCore
import Testing

@testable import GatewayServer

/// Header blocks as they reach NIO's decoder.
@Suite struct HTTP2EmptyNamesTests {
    /// A block as it is after all of its parts, each of so many bytes, have been looked at.
    private static func replaced(_ block: [UInt8], by size: Int = .max) -> [UInt8] {
        var names = HTTP2EmptyNames()
        var bytes = ByteBuffer(bytes: block)
        var start = 0
        while start < block.count {
            let end = start + min(size, block.count - start)
            names.replace(in: &bytes, start..<end)
            start = end
        }
        return Array(bytes.readableBytesView)
    }

    /// A field in each form that gives a name, and its bytes in front of the value.
    static let forms: [(empty: [UInt8], replaced: [UInt8])] = [
        ([0x40, 0], [0x88, 0x48]), ([0x00, 0], [0x88, 0x08]), ([0x10, 0], [0x88, 0x18]),
        // A name that is compressed, which makes it no longer.
        ([0x40, 0x80], [0x88, 0x48]),
    ]

    @Test(arguments: forms) func emptyFieldNamesAreReplaced(empty: [UInt8], replaced: [UInt8]) {
        let long = [0x7F, 0x81, 0x01] + [UInt8](repeating: 0x40, count: 256)
        for value in [[0], [1, 0x61], [0x82, 0x40, 0x00], long] {
            // Indexed, a change of the table's size in several bytes, and a name of the table that has a value.
            let before: [UInt8] = [0x82, 0x3F, 0xE1, 0x1F, 0x04, 2, 0x40, 0]
            let after: [UInt8] = [0xFF, 0x80, 0x01, 0x0F, 0x10, 1, 0x00, 0x7F, 0x02, 1, 0x40]
            let block = before + empty + value + after + empty + value
            #expect(Self.replaced(block) == before + replaced + value + after + replaced + value)
        }
    }

    @Test(arguments: [1, 2, 3, 5, 127, 1000]) func fieldsWithNamesStayAsTheyAre(size: Int) {
        let zeros = [UInt8](repeating: 0, count: 300)
        let short: [UInt8] = [0x40, 1, 0x61, 2, 0, 0, 0x10, 0x81, 0x40, 0]
        let long: [UInt8] = [0x00, 0x7F, 0xAD, 0x01] + zeros + [0x7F, 0xAD, 0x01] + zeros
        let block = short + long + [0x3F, 0x00, 0x20, 0x5F, 3, 0x40, 0, 0, 0x7F, 0x00, 0x80, 0x80, 0xFF, 0x00]
        #expect(Self.replaced(block, by: size) == block)
    }

    @Test func malformedHeaderBlockStaysUnchanged() {
        let block = [0x40, 0x7F] + [UInt8](repeating: 0xFF, count: 9) + [0x00, 0x40, 0, 0x40, 0, 0x40, 0]
        #expect(Self.replaced(block) == block)
    }

    @Test(arguments: [1, 2, 9, 10, 1000]) func theBlockLiesBetweenPriorityAndPadding(size: Int) {
        var filter = HTTP2FrameFilter(HTTP2FrameFilter.Limits(maximumStreams: 2, maximumHeaderBytes: 65536))
        let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
        func frames(_ field: [UInt8], _ next: [UInt8]) -> [UInt8] {
            // HEADERS with both flags, whose padding looks like a field; the value goes on in CONTINUATION.
            let block = field + [3, 0x40]
            let headers = [2] + [0, 0, 0, 0, 0x40] + block + [0x40, 0]
            return [0, 0, UInt8(headers.count), 1, 0x28, 0, 0, 0, 1] + headers
                + [0, 0, UInt8(2 + next.count), 9, 4, 0, 0, 0, 1, 0x40, 0] + next
        }
        let bytes = preface + frames([0x40, 0], [0x00, 0x80, 1, 0x61])
        var passed: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            filter.receive(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
            while case .pass(let part)? = filter.nextAction() { passed += part.readableBytesView }
        }
        #expect(passed == preface + frames([0x88, 0x48], [0x88, 0x08, 1, 0x61]))
    }
}
