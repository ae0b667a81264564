import Glibc
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import GatewayServer

/// While no descriptor is left nothing is accepted: a socket that stays readable would keep its event loop busy.
@Suite struct ListeningHandlerTests {
    private func accepts(_ channel: EmbeddedChannel) -> Bool? {
        channel.options.last { $0.option is ChannelOptions.Types.AutoReadOption }?.value as? Bool
    }

    private func channel(log: @escaping @Sendable (String) -> Void = { _ in }) -> EmbeddedChannel {
        let counts = ConnectionCounts(maximum: 8, maximumPerAddress: 8)
        let registry = ConnectionRegistry(counts: counts, maximumUnreadBytes: 1 << 20)
        return EmbeddedChannel(handler: ListeningHandler(registry: registry, log: log))
    }

    @Test(arguments: [EMFILE, ENFILE, ENOBUFS, ENOMEM])
    func aShortagePausesAccepting(code: Int32) throws {
        let lines = Atomic(0)
        let channel = channel { _ in lines.add(1, ordering: .relaxed) }
        for round in 1...2 {
            for _ in 0..<100 { channel.pipeline.fireErrorCaught(IOError(errnoCode: code, reason: "accept")) }
            #expect(accepts(channel) == false)
            // Once for each pause.
            #expect(lines.load(ordering: .relaxed) == round)
            channel.embeddedEventLoop.advanceTime(by: .milliseconds(249))
            #expect(accepts(channel) == false)
            channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
            #expect(accepts(channel) == true)
        }
        _ = try channel.finish()
    }

    @Test func aConnectionThatWasResetPausesNothing() throws {
        let channel = channel()
        channel.pipeline.fireErrorCaught(IOError(errnoCode: ECONNABORTED, reason: "accept"))
        #expect(accepts(channel) == nil)
        _ = try channel.finish()
    }
}
