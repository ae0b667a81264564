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
}
