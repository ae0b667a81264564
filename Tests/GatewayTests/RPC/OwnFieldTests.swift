import GatewayTestSupport
import JSON
import Testing
import Upstream

@testable import Gateway

/// What a call without `select` shows of objects whose types are many, or differ.
@Suite struct OwnFieldTests {
    private static func call(_ sdl: String, _ body: String) async throws -> JSONValue {
        let upstream = HeldTransport { _ in (200, body) }
        upstream.open()
        let service = RPCService(service: GatewayService(try .oneWorkspace(sdl, before: upstream)))
        let message = #"{"jsonrpc":"2.0","method":"pets.get","params":{"id":"1"},"id":1}"#
        let response = await service.respond(to: Array(message.utf8), caller: Caller()).value()
        return try JSONValue(parsing: response.body ?? [])
    }

    private static func sdl(_ types: String) -> String {
        """
        schema @upstream { query: Query }
        type Query { pet(id: ID!): Pet @rest(get: "/pets/{id}") @rpc(method: "pets.get") }
        \(types)
        """
    }

    /// One selection cannot have a field with two types.
    ///
    /// https://spec.graphql.org/September2025/#SameResponseShape()
    @Test(arguments: [
        ("tag: String", "tag: Int"), ("tag: String", "tag: String!"), ("tag: [String]", "tag: String"),
        ("tag: Chip", "tag: String"), ("tag: Chip", "tag: Mark"),
    ])
    func fieldsWhoseTypesDifferAreLeftOut(dog: String, cat: String) async throws {
        let sdl = Self.sdl(
            """
            union Pet @discriminator(member: "kind") = Dog | Cat
            type Dog @json(name: "dog") { name: String \(dog) }
            type Cat @json(name: "cat") { name: String \(cat) lives: Int }
            type Chip { code: String }
            type Mark { code: Int }
            """
        )
        let result = try await Self.call(sdl, #"{"kind":"cat","name":"C","tag":1,"lives":9}"#)
        #expect(result["result"] == ["__typename": "Cat", "name": "C", "lives": 9])
    }

    @Test func objectsOfSeveralTypesWithTheSameFieldsAreShown() async throws {
        let sdl = Self.sdl(
            """
            union Pet @discriminator(member: "kind") = Dog | Cat
            type Dog @json(name: "dog") { tag: Chip }
            type Cat @json(name: "cat") { tag: Mark }
            type Chip { code: String }
            type Mark { code: String color: String }
            """
        )
        let result = try await Self.call(sdl, #"{"kind":"cat","tag":{"code":"c","color":"red"}}"#)
        #expect(result["result"] == ["__typename": "Cat", "tag": ["code": "c", "color": "red"]])
    }

    /// The rows of a connection are what a call asks for, however many fields they have.
    @Test func rowsOfManyFieldsAreShown() async throws {
        let fields = (1...1200).map { "f\($0): Int" }.joined(separator: " ")
        let sdl = Self.sdl(
            """
            type Pet { nodes: [Row!] @json(name: "rows") pageInfo: Info }
            type Info { hasNextPage: Boolean }
            type Row { id: ID inner: Inner \(fields) }
            type Inner { n: Int }
            """
        )
        let result = try await Self.call(sdl, #"{"rows":[{"id":"1","f1200":7,"inner":{"n":1}}]}"#)
        #expect(result["result"]?["nodes"]?[0]?["f1200"] == 7)
        #expect(result["result"]?["nodes"]?[0]?["inner"] == nil)
    }

    /// Two types of the same many fields at four levels: each pair of types is compared once.
    @Test func typesOfManyFieldsAreComparedOnce() async throws {
        let types = ["A", "B"].flatMap { side in
            (0..<4).map { level in
                let inner = level == 3 ? "Int" : "\(side)\(level + 1)"
                return "type \(side)\(level) { \((0..<40).map { "f\($0): \(inner)" }.joined(separator: " ")) }"
            }
        }
        let sdl = Self.sdl(
            """
            union Pet @discriminator(member: "kind") = Dog | Cat
            type Dog @json(name: "dog") { id: ID tag: A0 }
            type Cat @json(name: "cat") { id: ID tag: B0 }
            \(types.joined(separator: "\n"))
            """
        )
        #expect(try await Self.call(sdl, #"{"kind":"cat","id":"1"}"#)["result"]?["id"] == "1")
    }

    /// Objects within objects are left out, the innermost first, where there would be thousands of fields.
    @Test(arguments: [4, 13, 40]) func manyObjectsInOneAnotherAreShownAsFarAsThereIsRoom(count: Int) async throws {
        let names = ["Pet", "B", "C", "D", "E"]
        let types = zip(names, names.dropFirst()).map { name, inner in
            "type \(name) { id: ID \((1...count).map { "f\($0): \(inner)" }.joined(separator: " ")) }"
        }
        let sdl = Self.sdl(types.joined(separator: "\n") + "\ntype E { n: Int }")
        let result = try await Self.call(sdl, #"{"id":"1","f1":{"id":"2","f1":{"id":"3","f1":{"id":"4"}}}}"#)
        #expect(result["error"] == nil)
        #expect(result["result"]?["id"] == "1")
        #expect(result["result"]?["f1"]?["id"] == "2")
        // Two levels are 85, 365 and 3,281 fields; four are 681, and far more than a thousand.
        #expect((result["result"]?["f1"]?["f1"]?["id"] == "3") == (count < 40))
        #expect((result["result"]?["f1"]?["f1"]?["f1"]?["id"] == "4") == (count == 4))
    }
}
