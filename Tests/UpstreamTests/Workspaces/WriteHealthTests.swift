import JSON
import Testing
import Upstream

/// Writes that fail stop other writes of the same kind, and nothing else.
@Suite struct WriteHealthTests {
    private static let sdl = """
        schema @upstream { query: Query mutation: Mutation }
        type Query { book(id: ID!): Book @rest(get: "/books/{id}") }
        type Mutation { change(id: ID!, changes: BookInput!): Book @rest(patch: "/books/{id}", body: "changes") }
        input BookInput { title: String }
        type Book @entity(get: "/books/{id}") { id: ID! title: String }
        """

    /// Each object can be written by a path of its own, so that these are no routes of their own.
    @Test func failingWritesOfManyObjectsAreNoOutage() async throws {
        let transport = ScriptedTransport(requests: { request in
            request.method == "PATCH" ? .status(500, "") : .json(#"{"id":"1","title":"t"}"#)
        })
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        for id in 1...12 {
            let result = try await harness.run("mutation { change(id: \(id), changes: { title: \"u\" }) { id } }")
            #expect(result["errors"]?.arrayValue?.count == 1)
        }
        let read = try await harness.run("{ book(id: 1) { title } }")
        #expect(read == ["data": ["book": ["title": "t"]]])
        let health = harness.broker.workspaces[0].status
        #expect(health.isAvailable)
    }
}
