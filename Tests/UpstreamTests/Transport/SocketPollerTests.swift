import Glibc
import Testing

@testable import Upstream

/// Which events of sockets are passed on.
@Suite struct SocketPollerTests {
    /// The two ends of a pipe, whose reading end can be read from.
    private static func readablePipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        // SAFETY: the call writes two descriptors into the array, and one byte is read from the other.
        try #require(unsafe pipe(&ends) == 0)
        var byte: UInt8 = 1
        try #require(unsafe write(ends[1], &byte, 1) == 1)
        return (ends[0], ends[1])
    }

    @Test func eventOfAClosedSocketIsNotReportedForItsReusedDescriptor() throws {
        let wakeUp = try Self.readablePipe()
        let first = try Self.readablePipe()
        let other = try Self.readablePipe()
        let ends = [wakeUp.reading, wakeUp.writing, first.reading, first.writing, other.writing]
        defer {
            for end in ends { close(end) }
        }
        var poller = try SocketPoller(permanent: wakeUp.reading)
        poller.didOpen(first.reading)
        poller.watch(first.reading, reading: true, writing: false)
        #expect(poller.wait(milliseconds: 1000) == 2)
        // Upon the first event of this wait, the socket is closed and another one gets its number.
        poller.willClose(first.reading)
        try #require(dup2(other.reading, first.reading) == first.reading)
        close(other.reading)
        poller.didOpen(first.reading)
        poller.watch(first.reading, reading: true, writing: false)
        let stale = [poller.event(at: 0)?.descriptor, poller.event(at: 1)?.descriptor].compactMap { $0 }
        #expect(stale == [wakeUp.reading])
        // Its own events are passed on.
        #expect(poller.wait(milliseconds: 1000) == 2)
        let own = [poller.event(at: 0)?.descriptor, poller.event(at: 1)?.descriptor].compactMap { $0 }
        #expect(Set(own) == [wakeUp.reading, first.reading])
    }
}
