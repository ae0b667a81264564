import Gateway
import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// Responses in parts of generated queries: put together, they are the whole.
@Suite struct DeferTests {
    private func post(
        _ query: String,
        accept: String,
        _ gateway: GatewayUnderTest
    ) async throws -> GatewayUnderTest.Response {
        let body: JSONValue = ["query": .string(query)]
        let headers = [
            (name: "Content-Type", value: "application/json"), (name: "Accept", value: accept),
            (name: "Authorization", value: "Bearer \(SandboxUnderTest.ownerKey("acme"))"),
        ]
        return try await gateway.send("POST", "/graphql", headers: headers, body: body.serialized())
    }

    /// The messages of a multipart body.
    private func messages(_ response: GatewayUnderTest.Response) throws -> [JSONValue] {
        let parts = response.text.split(separator: "\r\n--graphql").map { String($0) }
        #expect(response.text.hasPrefix("--graphql\r\n") && response.text.hasSuffix("\r\n--graphql--\r\n"))
        return try parts.filter { $0.contains("{") }.map { part in
            let start = try #require(part.firstIndex(of: "{"))
            return try JSONValue(parsing: Array(part[start...].utf8))
        }
    }

    /// What a client has once it has put all messages together.
    private func merged(_ messages: [JSONValue]) throws -> JSONValue {
        var data = try #require(messages.first?["data"])
        var paths: [String: [JSONValue]] = [:]
        for message in messages {
            for entry in message["pending"]?.arrayValue ?? [] {
                let id = try #require(entry["id"]?.stringValue)
                paths[id] = try #require(entry["path"]?.arrayValue)
            }
            for entry in message["incremental"]?.arrayValue ?? [] {
                let id = try #require(entry["id"]?.stringValue)
                let path = try #require(paths[id])
                let place = (path + (entry["subPath"]?.arrayValue ?? []))[...]
                data = merging(entry["data"] ?? entry["items"] ?? .null, into: data, at: place)
            }
            for entry in message["completed"]?.arrayValue ?? [] {
                let id = try #require(entry["id"]?.stringValue)
                #expect(paths.removeValue(forKey: id) != nil && entry["errors"] == nil)
            }
            #expect(message["hasNext"] == .bool(!paths.isEmpty))
        }
        return data
    }

    private func merging(_ new: JSONValue, into old: JSONValue, at path: ArraySlice<JSONValue>) -> JSONValue {
        switch (path.first, old) {
        case (.string(let key)?, .object(var object)):
            object[key] = merging(new, into: object[key] ?? .null, at: path.dropFirst())
            return .object(object)
        case (.number(let number)?, .array(var items)):
            let index = number.intValue ?? 0
            items[index] = merging(new, into: items[index], at: path.dropFirst())
            return .array(items)
        case (_, .array(let items)):
            return .array(items + (new.arrayValue ?? []))
        case (_, .object(var object)):
            for (key, value) in new.objectValue ?? JSONObject() {
                // What the client has does not come again.
                #expect(object[key] == nil)
                object[key] = value
            }
            return .object(object)
        default: return new
        }
    }

    /// A query with selection sets deferred, and lists streamed, by chance.
    private func deferred(_ text: String, seed: UInt64) -> String {
        var (state, result, ends) = (seed &* 0x9E37_79B9_7F4A_7C15 | 1, "", [String]())
        func chance(_ number: UInt64) -> Bool {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state % number == 0
        }
        for word in text.split(separator: " ") {
            switch word {
            case "{":
                let (isDeferred, isDoubled) = (chance(3), chance(4))
                if ["nodes", "edges", "workspaces"].contains(where: { result.hasSuffix("\($0) ") }), chance(2) {
                    result += "@stream(initialCount: \(seed % 3)) "
                }
                result += isDeferred ? "{ ... @defer { " : isDoubled ? "{ __typename ... @defer { __typename " : "{ "
                ends.append(isDeferred || isDoubled ? "} } " : "} ")
            case "}": result += ends.removeLast()
            default: result += "\(word) "
            }
        }
        return result
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func mergedPartsEqualTheCompleteResponse(seed: UInt64) async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            let keys =
                try await sandbox.ids(of: "issues", key: "wsk_live_acme").sorted().prefix(3)
                + sandbox.ids(of: "projects", key: "wsk_live_acme").sorted().prefix(3)
            let query = GeneratedQuery(seed: seed, keys: Array(keys)).text
            let inParts = deferred(query, seed: seed)
            var options = GatewayUnderTest.Options()
            options.limits.maximumCalls = .max
            let received = try await sandbox.withGateway(options: options) { gateway in
                try messages(try await post(inParts, accept: "multipart/mixed", gateway))
            }
            let whole = try await sandbox.withGateway(options: options) { gateway in
                try await post(inParts, accept: "application/json", gateway).json()
            }
            #expect(whole["data"] != nil && whole["data"] != .null)
            #expect(try merged(received) == whole["data"], "\(inParts)")
        }
    }
}
