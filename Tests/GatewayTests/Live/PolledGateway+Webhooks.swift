import GraphQL
import JSON
import Testing
import Upstream

@testable import Gateway

extension PolledGateway {
    private static let secret = Array("s".utf8)

    /// Takes a signed event about an issue of the first workspace.
    func take(_ type: String, of id: String, event: String) throws {
        let options = WebhookOptions(slug: "w0", secrets: [Self.secret])
        let receiver = try #require(WebhookReceiver(service: service, options: options) { 0 })
        let body: JSONValue = ["id": .string(event), "type": .string(type), "data": ["task_id": .string(id)]]
        let bytes = body.serialized()
        let code = HMACSHA256(key: Self.secret)?.code(of: bytes) ?? []
        let digits = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(receiver.receive(bytes) { _ in "sha256=\(digits)" } == .accepted(.changed(1)))
    }

    /// Executes a query with a key.
    func query(_ text: String, key: String) async throws -> JSONValue {
        let caller = Caller(credential: Credential(key: key))
        return try JSONValue(parsing: await service.respond(to: GraphQLRequest(query: text), caller: caller).body)
    }
}
