import Caching
import JSON
import TestSupport
import Testing

@testable import Upstream

/// An object that is asked for while a list is in flight which may hold it waits for the list in place of a call.
@Suite(.timeLimit(.minutes(15))) struct AwaitedListTests {
    private static let sdl = """
        schema @upstream(items: "data", page: "page", perPage: "size") @cacheControl(maxAge: 60) { query: Query }
        type Query {
          book(id: ID!): Book @rest(get: "/books/{id}")
          books(first: Int): [Book!] @rest(list: "/books")
        }
        type Book @entity(get: "/books/{id}", list: "/books") { id: ID! title: String }
        """
    private static let list = "/books?page=1&size=100"
    private static let timeLeft = Duration.seconds(30)

    /// An upstream whose list is held back until a latch is opened.
    private func harness(_ latch: Latch, _ clock: ManualClock) throws -> UpstreamHarness {
        let transport = ScriptedTransport { path in
            guard path == Self.list else { return .json(#"{"id":"\#(path.last ?? "?")","title":"alone"}"#) }
            await latch.wait()
            return .json(#"{"data":[{"id":"1","title":"listed"},{"id":"2","title":"listed"}]}"#)
        }
        return try UpstreamHarness(Self.sdl, transport: transport, clock: clock)
    }

    private func begin(
        _ query: String,
        _ harness: UpstreamHarness,
        key: String = "a"
    ) -> Task<JSONValue, any Error> {
        Task { try await harness.run(query, authorization: "Bearer \(key)", timeLeft: Self.timeLeft) }
    }

    private func title(_ text: String, of id: String) -> JSONValue {
        ["data": ["book": ["id": .string(id), "title": .string(text)]]]
    }

    private static let books = "{ books(first: 2) { id } }"

    private static func book(_ id: String) -> String { "{ book(id: \"\(id)\") { id title } }" }

    /// Waits until somebody waits for a list.
    private func follower(in harness: UpstreamHarness) async {
        while harness.broker.pendingCalls.entries(where: { _, _ in true }).allSatisfy({ $0.flight.followerCount == 0 })
        {
            await Task.yield()
        }
    }

    @Test(arguments: [("1", "listed", 1), ("3", "alone", 2)])
    func anObjectTakesACallOnlyIfTheListInFlightDoesNotHaveIt(id: String, text: String, calls: Int) async throws {
        let (latch, clock) = (Latch(), ManualClock())
        let harness = try harness(latch, clock)
        let books = begin(Self.books, harness)
        await latch.arrivals(reach: 1)
        let book = begin(Self.book(id), harness)
        await follower(in: harness)
        latch.open()
        _ = try await books.value
        #expect(try await book.value == title(text, of: id))
        #expect(harness.transport.paths == Array([Self.list, "/books/\(id)"].prefix(calls)))
    }

    @Test func aSlowListIsNotWaitedForToTheEnd() async throws {
        let (latch, clock) = (Latch(), ManualClock())
        let harness = try harness(latch, clock)
        let books = begin(Self.books, harness)
        await latch.arrivals(reach: 1)
        let book = begin(Self.book("1"), harness)
        await follower(in: harness)
        clock.advance(by: .seconds(3))
        #expect(try await book.value == title("alone", of: "1"))
        #expect(harness.transport.paths == [Self.list, "/books/1"])
        latch.open()
        _ = try await books.value
    }

    @Test func nobodyWaitsForTheListOfAnotherKey() async throws {
        let (latch, clock) = (Latch(), ManualClock())
        let harness = try harness(latch, clock)
        let books = begin(Self.books, harness)
        await latch.arrivals(reach: 1)
        #expect(try await begin(Self.book("1"), harness, key: "b").value == title("alone", of: "1"))
        #expect(harness.transport.paths == [Self.list, "/books/1"])
        latch.open()
        _ = try await books.value
    }
}
