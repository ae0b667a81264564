import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// A key that the upstream does not accept any more has no further event, whatever it was shown before.
@Suite struct RevokedKeyTests {
    private static let subscription = "subscription { issueChanged { kind id issue { title } } }"

    /// Subscribes, is shown an event, and loses the key.
    private func run(_ body: (SubscribedGateway, String, RawConnection) async throws -> Void) async throws {
        try await SubscribedGateway.run { live in
            let guest = SubscribedGateway.key + "_guest"
            let id = try #require(live.issues(seenBy: guest).first)
            let connection = try live.subscribe(Self.subscription, key: guest)
            _ = await connection.read(until: "\r\n\r\n")
            try await live.change(id, ["title": "shown"])
            #expect(await connection.read(until: "shown").contains(id))
            live.sandbox.setRevoked([guest])
            try await body(live, id, connection)
        }
    }

    /// What is left of a stream.
    private func rest(_ connection: RawConnection) async -> String {
        var text = ""
        while !text.contains("UNAUTHENTICATED"), !text.contains("issueChanged"),
            case let next = await connection.read(until: "\n\n"), !next.isEmpty
        {
            text += next
        }
        return text
    }

    private func check(_ text: String, _ id: String) {
        #expect(text.contains("\"code\":\"UNAUTHENTICATED\""), "\(text)")
        #expect(!text.contains("issueChanged\":{"), "\(text)")
        #expect(!text.contains("secret"), "\(text)")
    }

    @Test func theNextChangeEndsTheStream() async throws {
        try await run { live, id, connection async throws in
            try await live.change(id, ["title": "secret"])
            check(await rest(connection), id)
        }
    }

    /// A deletion is looked up by nobody; that the key is refused has been seen.
    @Test func aDeletionEndsTheStreamOnceTheKeyIsKnownToBeRefused() async throws {
        try await run { live, id, connection async throws in
            let other = try #require(live.issues().last)
            let response = try await live.gateway.query(
                "{ issue(id: \"\(other)\") { createdAt } }",
                key: SubscribedGateway.key + "_guest"
            )
            #expect(try response.json()["errors"]?[0]?["extensions"]?["code"] == "UNAUTHENTICATED")
            try await live.delete(id)
            check(await rest(connection), id)
        }
    }

    /// A write of another client, whose response is cached.
    @Test func aWriteOfAnotherEndsTheStream() async throws {
        try await run { live, id, connection async throws in
            let mutation = "mutation { updateIssue(id: \"\(id)\", input: { title: \"secret\" }) { issue { id } } }"
            #expect(try await live.gateway.query(mutation, key: SubscribedGateway.key).json()["errors"] == nil)
            check(await rest(connection), id)
        }
    }
}
