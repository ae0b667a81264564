import Gateway
import GatewayTestSupport
import GraphQL
import Synchronization
import Testing
import Upstream

/// A configured key that is replaced: what was shown with the old one is not shown again.
@Suite struct RepeatedKeyTests {
    private final class Text: Sendable {
        let key = Mutex("old")
    }

    @Test func aReplacedKeyEndsTheResponsesOfTheOldOne() async throws {
        let text = Text()
        let access = KeyFile.Access(
            stamp: { KeyFile.Stamp([0]) },
            read: { text.key.withLock { Array($0.utf8) } }
        )
        let read = KeyFile(path: "key", access: access, run: { _ in }, notify: { _, _ in })
        let file = try #require(read)
        let upstream = HeldTransport { path in (200, #"{"id":"a","name":"\#(path)"}"#) }
        upstream.open()
        let sdl = """
            schema @upstream @cacheControl(maxAge: 60) { query: Query }
            type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
            type Thing { id: ID! name: String }
            """
        let start = ContinuousClock.now
        var configuration = ServiceConfiguration(
            schema: try LoadedSchema(Source(sdl)),
            workspaces: [WorkspaceConfiguration(slug: "main", baseURL: "http://upstream", keyFile: file)],
            transport: upstream
        )
        configuration.now = { start }
        let service = GatewayService(configuration)
        let request = try GraphQLRequest(urlQuery: "query=%7Bthing(id:%22a%22)%7Bname%7D%7D")
        var response = await service.respond(to: request, caller: Caller())
        for _ in 1...3 { response = await service.respond(to: request, caller: Caller()) }
        let validity = try #require(response.validity)
        #expect(validity.timeLeft != nil)
        text.key.withLock { $0 = "new" }
        file.reload()
        #expect(validity.timeLeft == nil)
        #expect(upstream.paths.count == 1)
        _ = await service.respond(to: request, caller: Caller())
        #expect(upstream.paths.count == 2)
    }
}
