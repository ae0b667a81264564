import Caching
import JSON
import TestSupport
import Testing

@testable import Upstream

/// Boards that are looked at again and again, while all that they show has to be fetched anew every half a minute.
@Suite(.timeLimit(.minutes(15))) struct BoardRefreshTests {
    @Test func twentyBoardsTakeAtMostFortyFiveCallsAMinute() async throws {
        let library = CountingLibrary(sizes: Array(repeating: 16, count: 60), strays: 40)
        let sdl = CountingLibrary.sdl.replacing("maxAge: 60", with: "maxAge: 30, staleWhileRevalidate: 30")
        let clock = ManualClock()
        let transport = library.transport
        let harness = try UpstreamHarness(sdl, transport: transport, clock: clock)
        // Each board is looked at every five seconds.
        for tick in 0..<240 {
            let id = "s\(tick % 20)"
            let query = "{ shelf(id: \"\(id)\") { id title books(first: 100) { totalCount nodes { id } } } }"
            let shelf = try await harness.run(query, timeLeft: .seconds(30))["data"]?["shelf"]
            #expect(shelf?["id"] == .string(id))
            #expect(shelf?["books"]?["totalCount"] == 16)
            // What is refreshed in the background is there before the next one looks.
            while !harness.broker.pendingCalls.entries(where: { _, _ in true }).isEmpty, !Task.isCancelled {
                await Task.yield()
            }
            clock.advance(by: .milliseconds(250))
        }
        #expect(transport.paths.count <= 45)
    }
}
