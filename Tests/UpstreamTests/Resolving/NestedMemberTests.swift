import JSON
import Synchronization
import Testing
import Upstream

/// Members of objects within rows, of embedded entities, and of rows of several types: none is null because a list shows summaries.
@Suite struct NestedMemberTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") @cacheControl(maxAge: 60) {
          query: Query
        }
        type Query {
          todos: [Todo!] @rest(list: "/todos")
          todo(id: ID!): Todo @rest(get: "/todos/{id}")
          feed: [Item] @rest(list: "/feed")
          items: [Entry] @rest(list: "/feed")
        }
        type Todo @entity(get: "/todos/{id}", list: "/todos") {
          id: ID! size: Size custom: Custom tags: [Tag!] author: Author watchers: [Author] owner: Author @json(name: "boss")
        }
        type Size { width: Int unit: Unit }
        type Unit { name: String symbol: String }
        type Custom { value(key: String!): JSON @member(namedBy: "key") typed: String }
        type Tag { name: String color: String }
        type Author @entity(get: "/authors/{id}") { id: ID name: String email: String }
        interface Item @discriminator(member: "kind") { id: ID! }
        union Entry @discriminator(member: "kind") = Post | Picture
        type Post implements Item @entity(get: "/posts/{id}") @json(name: "post") { id: ID! text: String note: String }
        type Picture implements Item @entity(get: "/pictures/{id}") @json(name: "picture") { id: ID! url: String }
        scalar JSON
        """

    /// What each list has of its rows.
    private static let lists = [
        "/todos": #"{"data":[\#(row("1")),\#(row("2"))],"count":2}"#,
        "/feed": #"{"data":[{"kind":"post","id":"1","text":"T"},{"kind":"picture","id":"1"},{"id":"x"}],"count":3}"#,
    ]

    private static func row(_ id: String) -> String {
        #"{"id":"\#(id)","size":{"unit":{"name":"meter"}},"custom":{"a":1},"tags":[{"name":"t"},{"name":"u"}],"#
            + #""author":{"id":"a","name":"Ann"},"watchers":[{"id":"a"},null,{"id":"b"}],"boss":{"id":"b"}}"#
    }

    private static func object(_ path: String) -> String? {
        let id = path.split(separator: "/").last ?? ""
        return switch path.split(separator: "/").first {
        case "todos":
            #"{"id":"\#(id)","size":{"width":3,"unit":{"name":"meter","symbol":"m"}},"custom":{"a":1,"b":"x"},"#
                + #""tags":[{"name":"t","color":"red"},{"name":"u","color":"blue"}],"author":{"id":"a","name":"Ann"},"#
                + #""watchers":[{"id":"a"},null,{"id":"b"}],"boss":{"id":"b"}}"#
        case "authors": #"{"id":"\#(id)","name":"N\#(id)","email":"\#(id)@x"}"#
        case "posts": #"{"id":"\#(id)","text":"T","note":"n"}"#
        case "pictures": #"{"kind":"picture","id":"\#(id)","url":"u"}"#
        default: nil
        }
    }

    private func harness(failing failures: Set<String> = []) throws -> UpstreamHarness {
        let transport = ScriptedTransport { path in
            if failures.contains(path) { return .status(500, "") }
            if let list = Self.lists[String(path.prefix { $0 != "?" })] { return .json(list) }
            return Self.object(path).map { .json($0) } ?? .status(404, "")
        }
        return try UpstreamHarness(Self.sdl, transport: transport)
    }

    static let members: [(selection: String, value: JSONValue)] = [
        ("size { width }", ["size": ["width": 3]]),
        ("size { unit { name symbol } }", ["size": ["unit": ["name": "meter", "symbol": "m"]]]),
        ("tags { name color }", ["tags": [["name": "t", "color": "red"], ["name": "u", "color": "blue"]]]),
    ]

    @Test(arguments: members.indices) func membersOfObjectsWithinRowsAreCompleted(index: Int) async throws {
        let (selection, value) = Self.members[index]
        let harness = try harness()
        #expect(try await harness.run("{ todos { \(selection) } }") == ["data": ["todos": [value, value]]])
        #expect(harness.transport.paths.dropFirst().sorted() == ["/todos/1", "/todos/2"])
        // The row is cached, and does not stand for the object.
        #expect(try await harness.run(#"{ todo(id: "1") { \#(selection) } }"#) == ["data": ["todo": value]])
    }

    /// An object whose members have names of the upstream's own lacks those that have no value.
    @Test func membersWhoseNamesAreDataAreNotLookedFor() async throws {
        let harness = try harness()
        let json = try await harness.run(#"{ todos { custom { a: value(key: "a") b: value(key: "b") typed } } }"#)
        let custom: JSONValue = ["custom": ["a": 1, "b": .null, "typed": .null]]
        #expect(json == ["data": ["todos": [custom, custom]]])
        #expect(harness.transport.paths.count == 1)
    }

    @Test func aMemberOfAnObjectWithinARowThatCannotBeReadFailsAtItsOwnPath() async throws {
        let harness = try harness(failing: ["/todos/2"])
        let json = try await harness.run("{ todos { id size { width } tags { name color } } }")
        #expect(json["data"]?["todos"]?[0]?["size"] == ["width": 3])
        #expect(json["data"]?["todos"]?[1]?["size"] == ["width": .null])
        let paths: [JSONValue] = [
            ["todos", 1, "size", "width"], ["todos", 1, "tags", 0, "color"], ["todos", 1, "tags", 1, "color"],
        ]
        #expect(json["errors"]?.arrayValue?.compactMap { $0["path"] } == paths)
    }

    @Test func embeddedEntitiesAreCompletedByTheirOwnObjects() async throws {
        let harness = try harness()
        let json = try await harness.run("{ todos { author { name email } watchers { email } owner { email } } }")
        let todo: JSONValue = [
            "author": ["name": "Na", "email": "a@x"], "watchers": [["email": "a@x"], .null, ["email": "b@x"]],
            "owner": ["email": "b@x"],
        ]
        #expect(json["data"] == ["todos": [todo, todo]])
        #expect(harness.transport.paths.dropFirst().sorted() == ["/authors/a", "/authors/b"])
    }

    @Test func anEmbeddedEntityThatHasAllMembersTakesNoCall() async throws {
        let harness = try harness()
        let json = try await harness.run("{ todos { author { id name } watchers { id } } }")
        let todo: JSONValue = ["author": ["id": "a", "name": "Ann"], "watchers": [["id": "a"], .null, ["id": "b"]]]
        #expect(json == ["data": ["todos": [todo, todo]]])
        #expect(harness.transport.paths.count == 1)
    }

    @Test func anEmbeddedEntityThatCannotBeReadFailsAtItsOwnPath() async throws {
        let harness = try harness(failing: ["/authors/b"])
        let json = try await harness.run("{ todos { watchers { id email } } }")
        let watchers: JSONValue = [["id": "a", "email": "a@x"], .null, ["id": "b", "email": .null]]
        #expect(json["data"]?["todos"] == [["watchers": watchers], ["watchers": watchers]])
        let paths: [JSONValue] = [["todos", 0, "watchers", 2, "email"], ["todos", 1, "watchers", 2, "email"]]
        #expect(json["errors"]?.arrayValue?.compactMap { $0["path"] } == paths)
    }

    @Test func rowsOfSeveralTypesAreCompletedByTheirOwnTypes() async throws {
        let harness = try harness()
        let json = try await harness.run("{ feed { ... on Post { id text note } ... on Picture { id url } } }")
        #expect(json["data"]?["feed"]?[0] == ["id": "1", "text": "T", "note": "n"])
        #expect(json["data"]?["feed"]?[1] == ["id": "1", "url": "u"])
        #expect(harness.transport.paths.dropFirst().sorted() == ["/pictures/1", "/posts/1"])
        // The cached list is not shown as it is either.
        let items = try await harness.run("{ items { __typename ... on Post { note } } }")
        #expect(items["data"]?["items"]?[0] == ["__typename": "Post", "note": "n"])
    }

    // MARK: - Changes of what is embedded

    private static let writable = """
        schema @upstream(items: "data", total: "count") @cacheControl(maxAge: 60) { query: Query mutation: Mutation }
        type Query {
          todos: [Todo!] @rest(list: "/todos")
          todo(id: ID!): Todo @rest(get: "/todos/{id}")
          notes: [Note!] @rest(list: "/notes")
        }
        type Mutation {
          rename(id: ID!, name: String!): Renaming @rest(patch: "/authors/{id}")
          remove(id: ID!): Renaming @rest(delete: "/authors/{id}")
        }
        type Renaming { author: Author }
        type Todo @entity(get: "/todos/{id}", list: "/todos") { id: ID! credits: Credits }
        type Credits { authors: [Author!] }
        type Note @entity(get: "/notes/{id}", list: "/notes") { id: ID! text: String }
        type Author @entity(get: "/authors/{id}") { id: ID! name: String }
        """

    /// What is cached of an object shows a change of another one that it has in its members.
    @Test(arguments: [
        #"mutation { rename(id: "a", name: "new") { author { name } } }"#,
        #"mutation { remove(id: "a") { author { id } } }"#,
    ])
    func aWriteOfAnEmbeddedEntityIsSeenByWhoHoldsIt(mutation: String) async throws {
        let isWritten = Mutex(false)
        let transport = ScriptedTransport(requests: { request in
            if request.method != "GET" {
                isWritten.withLock { $0 = true }
                return .json(#"{"id":"a","name":"new"}"#)
            }
            let name = isWritten.withLock { $0 ? "new" : "old" }
            let todo = #"{"id":"1","credits":{"authors":[{"id":"a","name":"\#(name)"}]}}"#
            return switch request.path.prefix(while: { $0 != "?" }) {
            case "/todos": .json(#"{"data":[\#(todo)],"count":1}"#)
            case "/todos/1": .json(todo)
            case "/notes": .json(#"{"data":[{"id":"n","text":"T"}],"count":1}"#)
            default: .status(404, "")
            }
        })
        let harness = try UpstreamHarness(Self.writable, transport: transport)
        let credits = "credits { authors { name } }"
        let query = #"{ todos { \#(credits) } todo(id: "1") { \#(credits) } notes { text } }"#
        func data(_ name: JSONValue) -> JSONValue {
            let todo: JSONValue = ["credits": ["authors": [["name": name]]]]
            return ["data": ["todos": [todo], "todo": todo, "notes": [["text": "T"]]]]
        }
        #expect(try await harness.run(query) == data("old"))
        _ = try await harness.run(mutation)
        #expect(try await harness.run(query) == data("new"))
        // What holds none is cached still.
        #expect(transport.paths.count { $0.hasPrefix("/notes") } == 1)
    }
}
