import JSON
import TestSupport
import Testing

@testable import Upstream

/// An object in a cached list that is due for a refresh is shown, and the list is fetched anew in the background.
@Suite(.timeLimit(.minutes(15))) struct RefreshedListTests {
    private static let sdl = """
        schema @upstream(items: "data", page: "page", perPage: "size")
          @cacheControl(maxAge: 30, staleWhileRevalidate: 30) { query: Query }
        type Query {
          book(id: ID!): Book @rest(get: "/books/{id}")
          books(first: Int): [Book!] @rest(list: "/books")
        }
        type Book @entity(get: "/books/{id}", list: "/books") { id: ID! title: String }
        """
    private static let list = "/books?page=1&size=100"

    @Test(arguments: [
        (age: 20, paths: [list]),
        (age: 40, paths: [list, list]),
        (age: 70, paths: [list, "/books/1", "/books/2"]),
    ])
    func objectsOfAListTakeNoCallOfTheirOwnWhileItMayBeShown(age: Int, paths: [String]) async throws {
        let transport = ScriptedTransport { path in
            path == Self.list
                ? .json(#"{"data":[{"id":"1","title":"A"},{"id":"2","title":"A"}]}"#)
                : .json(#"{"id":"\#(path.last ?? "?")","title":"A"}"#)
        }
        let clock = ManualClock()
        let harness = try UpstreamHarness(Self.sdl, transport: transport, clock: clock)
        _ = try await harness.run("{ books(first: 2) { id } }", timeLeft: .seconds(30))
        clock.advance(by: .seconds(age))
        for id in ["1", "2"] {
            let response = try await harness.run("{ book(id: \"\(id)\") { id title } }", timeLeft: .seconds(30))
            #expect(response == ["data": ["book": ["id": .string(id), "title": "A"]]])
            // The list is stored before its call is no longer pending.
            while age == 40, transport.paths.count < 2 || harness.broker.pendingCallCount > 0, !Task.isCancelled {
                await Task.yield()
            }
        }
        #expect(transport.paths == paths)
    }
}
