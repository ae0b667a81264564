import Glibc
import NIOCore
import NIOEmbedded
import NIOPosix
import Testing

@testable import GatewayServer

struct ProcessorSharingTests {
    /// Records what the kernel is asked for.
    private final class Kernel {
        var yields = 0
        var slices: [UInt64] = []
        var scheduler: ProcessorSharing.Scheduler {
            ProcessorSharing.Scheduler(yield: { self.yields += 1 }, setTimeSlice: { self.slices.append($0) })
        }
    }

    private let loop = EmbeddedEventLoop()
    private let kernel = Kernel()
    private let processor: ProcessorSharing

    init() {
        processor = ProcessorSharing(loop, kernel.scheduler)
    }

    private func send(_ count: Int) {
        for _ in 0..<count { processor.didSendStoredResponse() }
    }

    private func startSharing() {
        send(ProcessorSharing.storedResponsesBefore)
        loop.run()
        kernel.yields = 0
    }

    @Test
    func aLoopSharesOnceItHasSentManyStoredResponses() {
        send(ProcessorSharing.storedResponsesBefore - 1)
        loop.run()
        #expect(kernel.slices.isEmpty && kernel.yields == 0)
        send(1)
        #expect(kernel.slices == [ProcessorSharing.shortTimeSlice])
        loop.run()
        #expect(kernel.yields == 1)
    }

    @Test
    func aTurnYieldsOnceAtItsEnd() {
        startSharing()
        for turn in 1...3 {
            send(7)
            #expect(kernel.yields == turn - 1)
            loop.run()
            #expect(kernel.yields == turn)
        }
        loop.run()
        #expect(kernel.yields == 3)
    }

    @Test
    func otherRequestsEndTheSharing() {
        startSharing()
        let others = ProcessorSharing.storedResponsesBefore / ProcessorSharing.weightOfOthers
        for _ in 1..<others { processor.didServeOtherwise() }
        #expect(kernel.slices.count == 1)
        send(1)
        processor.didServeOtherwise()
        #expect(kernel.slices.count == 1)
        for _ in 1..<others { processor.didServeOtherwise() }
        #expect(kernel.slices == [ProcessorSharing.shortTimeSlice, 0])
        loop.run()
        #expect(kernel.yields == 0)
        send(ProcessorSharing.storedResponsesBefore - 1)
        loop.run()
        #expect(kernel.yields == 0)
    }

    @Test
    func requestsThatAlternateAreNeverShared() {
        for _ in 1...1_000 {
            processor.didServeOtherwise()
            send(2)
        }
        loop.run()
        #expect(kernel.slices.isEmpty && kernel.yields == 0)
    }

    @Test
    func timeSliceLeavesTheThreadsPriorityUnchanged() async throws {
        // A thread of its own, as the time slice is the thread's.
        let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let (before, after) = try await threads.next().submit {
            let priority = { [sched_getscheduler(0), getpriority(Int32(PRIO_PROCESS.rawValue), 0)] }
            let before = priority()
            let kernel = ProcessorSharing.Scheduler.kernel
            kernel.setTimeSlice(ProcessorSharing.shortTimeSlice)
            kernel.yield()
            kernel.setTimeSlice(0)
            return (before, priority())
        }.get()
        #expect(before == after)
        try await threads.shutdownGracefully()
    }
}
