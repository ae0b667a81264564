import Glibc
import Testing

@testable import Observability

/// Where log lines go.
@Suite struct StandardErrorSinkTests {
    @Test func aLineWithoutRoomIsDroppedAndCounted() {
        var descriptors: [Int32] = [-1, -1]
        // SAFETY: the kernel writes two numbers into the array during the call.
        #expect(unsafe pipe(&descriptors) == 0)
        defer { for descriptor in descriptors { close(descriptor) } }
        // What Linux gives a pipe; https://man7.org/linux/man-pages/man7/pipe.7.html
        let capacity = 64 << 10
        let sink = StandardErrorSink(descriptor: descriptors[1])
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 4095) + [UInt8(ascii: "\n")]
        let lines = capacity / line.count
        // Nobody reads: a sink that waited would never come back.
        for _ in 0..<lines + 3 { sink.write(line) }
        #expect(sink.droppedLines == 3)
    }

    /// Lines that are longer than what a pipe accepts at once, and than all that it has room for.
    @Test(arguments: [5000, 20_000, 200_000]) func aLongLineWaitsForNoReader(length: Int) {
        var descriptors: [Int32] = [-1, -1]
        // SAFETY: the kernel writes two numbers into the array during the call.
        #expect(unsafe pipe(&descriptors) == 0)
        defer { for descriptor in descriptors { close(descriptor) } }
        let sink = StandardErrorSink(descriptor: descriptors[1])
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: length) + [UInt8(ascii: "\n")]
        let count = 1 << 17 / length + 2
        for _ in 0..<count { sink.write(line) }
        #expect((1...count).contains(sink.droppedLines))
        var text = [UInt8](repeating: 0, count: 1 << 20)
        // SAFETY: the kernel writes no further than the array's end.
        _ = unsafe text.withUnsafeMutableBytes { unsafe read(descriptors[0], $0.baseAddress, $0.count) }
        sink.write(Array("next\n".utf8))
        let end = unsafe text.withUnsafeMutableBytes { unsafe read(descriptors[0], $0.baseAddress, $0.count) }
        // A line that was cut ends before the next one.
        #expect(["next\n", "\nnext\n"].contains(String(decoding: text.prefix(max(0, end)), as: UTF8.self)))
    }
}
