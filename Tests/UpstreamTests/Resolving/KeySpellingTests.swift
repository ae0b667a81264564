import JSON
import Synchronization
import Testing
import Upstream

/// Keys as the upstream spells them: an object is what the upstream says it is, and is known under every key that led to it.
@Suite struct KeySpellingTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") @cacheControl(maxAge: 60) {
          query: Query mutation: Mutation
        }
        type Query { row(id: ID!): Row @rest(get: "/rows/{id}") rows: [Row!] @rest(list: "/rows") }
        type Mutation {
          change(id: ID!, input: RowInput): Payload @rest(patch: "/rows/{id}")
          remove(id: ID!): Payload @rest(delete: "/rows/{id}")
        }
        input RowInput { title: String }
        type Payload { row: Row @written key: ID @written(view: "KEY") }
        type Row @entity(get: "/rows/{id}", list: "/rows") {
          id: ID! title: String parentId: ID parent: Row @reference(key: "parent_id")
        }
        """

    /// An upstream of one row, `ab-1`, which accepts other spellings too, and whose title counts the writes.
    private func harness(patch: @escaping @Sendable (Int) -> ScriptedTransport.Outcome) throws -> UpstreamHarness {
        let writes = Mutex(0)
        return try UpstreamHarness(
            Self.sdl,
            transport: ScriptedTransport(requests: { request in
                if request.method == "GET" {
                    let title = "T\(writes.withLock { $0 })"
                    return .json(#"{"id":"ab-1","title":"\#(title)"}"#)
                }
                return patch(
                    writes.withLock { count in
                        count += 1
                        return count
                    }
                )
            })
        )
    }

    @Test(arguments: ["AB-1", "ab1", "me", "ab-1"])
    func anObjectIsAcceptedUnderTheKeyThatTheUpstreamSays(key: String) async throws {
        let harness = try harness { _ in .status(204, "") }
        for _ in 1...2 {
            let json = try await harness.run("{ row(id: \"\(key)\") { id title } }")
            #expect(json == ["data": ["row": ["id": "ab-1", "title": "T0"]]])
        }
        #expect(try await harness.run(#"{ row(id: "ab-1") { title } }"#) == ["data": ["row": ["title": "T0"]]])
        // It is cached under both keys.
        #expect(harness.transport.paths == ["/rows/\(key)"])
    }

    @Test(arguments: ["AB-1", "me"], [true, false])
    func aWriteConcernsEveryKeyOfItsObject(key: String, isWrittenByAlias: Bool) async throws {
        let harness = try harness { _ in .status(204, "") }
        let read = "{ a: row(id: \"\(key)\") { title } b: row(id: \"ab-1\") { title } }"
        _ = try await harness.run(read)
        let id = isWrittenByAlias ? key : "ab-1"
        let write = try await harness.run("mutation { change(id: \"\(id)\", input: {}) { row { id title } key } }")
        #expect(write == ["data": ["change": ["row": ["id": "ab-1", "title": "T1"], "key": "ab-1"]]])
        #expect(try await harness.run(read) == ["data": ["a": ["title": "T1"], "b": ["title": "T1"]]])
    }

    @Test func aWriteIsShownUnderTheKeyOfItsResponse() async throws {
        let harness = try harness { .json(#"{"id":"ab-1","title":"W\#($0)"}"#) }
        let changed = try await harness.run(#"mutation { change(id: "AB-1", input: {}) { row { id title } key } }"#)
        #expect(changed == ["data": ["change": ["row": ["id": "ab-1", "title": "W1"], "key": "ab-1"]]])
        let removed = try await harness.run(#"mutation { remove(id: "AB-1") { row { id title } key } }"#)
        #expect(removed == ["data": ["remove": ["row": ["id": "ab-1", "title": "W2"], "key": "ab-1"]]])
        #expect(harness.transport.log == [#"PATCH /rows/AB-1 {}"#, "DELETE /rows/AB-1"])
    }

    /// The response to a write says which object a spelling of a key stands for.
    @Test func aDeletionByTheSpellingOfAnEarlierWriteIsThatOfTheObject() async throws {
        let isDeleted = Mutex(false)
        let transport = ScriptedTransport(requests: { request in
            if request.method == "DELETE" {
                isDeleted.withLock { $0 = true }
                return .status(204, "")
            }
            return isDeleted.withLock { $0 } ? .status(404, "") : .json(#"{"id":"ab-1","title":"T"}"#)
        })
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        let read = #"{ row(id: "ab-1") { title } }"#
        #expect(try await harness.run(read) == ["data": ["row": ["title": "T"]]])
        _ = try await harness.run(#"mutation { change(id: "AB-1", input: {}) { key } }"#)
        #expect(try await harness.run(read) == ["data": ["row": ["title": "T"]]])
        _ = try await harness.run(#"mutation { remove(id: "AB-1") { key } }"#)
        #expect(try await harness.run(read) == ["data": ["row": .null]])
    }

    @Test(arguments: [(#"["1"]"#, "an array"), (#"{"id":1}"#, "an object")])
    func arrayOrObjectAsKeyIsAnError(value: String, name: String) async throws {
        let transport = ScriptedTransport { _ in
            .json(#"{"data":[{"id":"a","parent_id":\#(value)},{"id":"b","parent_id":null},{"id":"c"}],"count":3}"#)
        }
        let json = try await UpstreamHarness(Self.sdl, transport: transport).run("{ rows { id parent { title } } }")
        #expect(json["data"]?["rows"]?.arrayValue?.map { $0["parent"] } == [.null, .null, .null])
        #expect(json["errors"]?.arrayValue?.count == 1)
        #expect(json["errors"]?[0]?["path"] == ["rows", 0, "parent"])
        #expect(json["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_INVALID_RESPONSE")
        let message = "The upstream's member `parent_id` is \(name), where a key is expected."
        #expect(json["errors"]?[0]?["message"] == .string(message))
        #expect(transport.paths.count == 1)
    }

    // MARK: - Numbers

    @Test(arguments: [
        ("7", "7"), ("7.0", "7"), ("70e-1", "7"), ("0.7E+1", "7"), (#""7.0""#, "7.0"), ("7.50", "7.50"), ("-0.0", "0"),
        ("1604029199751626752.0", "1604029199751626752"), ("16040291997516267520001", "16040291997516267520001"),
    ])
    func aNumberIsOneKeyHoweverItIsWritten(number: String, key: String) async throws {
        let harness = try UpstreamHarness(
            Self.sdl,
            transport: ScriptedTransport { path in
                path.hasPrefix("/rows?")
                    ? .json(#"{"data":[{"id":"a","parent_id":\#(number)}],"count":1}"#)
                    : .json(#"{"id":\#(number),"title":"p"}"#)
            }
        )
        let json = try await harness.run("{ rows { parent { title } } }")
        #expect(json == ["data": ["rows": [["parent": ["title": "p"]]]]])
        #expect(harness.transport.paths.last == "/rows/\(key)")
    }

    // MARK: - Bytes

    @Test func keysThatDifferInTheirBytesAreDifferentObjects() async throws {
        let composed = "caf\u{E9}"
        let decomposed = "cafe\u{301}"
        let harness = try UpstreamHarness(
            Self.sdl,
            transport: ScriptedTransport { path in
                if path.hasPrefix("/rows?") {
                    let rows = [composed, decomposed, composed].enumerated().map {
                        #"{"id":"r\#($0.offset)","parent_id":"\#($0.element)"}"#
                    }
                    return .json(#"{"data":[\#(rows.joined(separator: ","))],"count":3}"#)
                }
                let isComposed = path.hasSuffix("%C3%A9")
                let key = isComposed ? composed : decomposed
                return .json(#"{"id":"\#(key)","title":"\#(isComposed ? "one" : "two")"}"#)
            }
        )
        let rows = try await harness.run("{ rows { parent { title } } }")["data"]?["rows"]?.arrayValue
        #expect(rows?.compactMap { $0["parent"]?["title"] } == ["one", "two", "one"])
    }
}
