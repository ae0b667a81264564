import JSON
import Synchronization
import TestSupport
import Testing
import Upstream

/// Upstreams that leave null members out: a member that is left out is null only where something shows that it is.
@Suite struct OmittedNullTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") {
          query: Query mutation: Mutation
        }
        type Query {
          rows(first: Int): [Row!] @rest(list: "/rows")
          row(id: ID!): Row @rest(get: "/rows/{id}")
        }
        type Mutation {
          add(input: RowInput): Payload @rest(post: "/rows")
          change(id: ID!, input: RowInput): Payload @rest(patch: "/rows/{id}")
        }
        input RowInput { title: String text: String ownerId: ID }
        type Payload { row: Row @written key: ID @written(view: "KEY") }
        type Row @entity(get: "/rows/{id}", list: "/rows") {
          id: ID! title: String text: String ownerId: ID owner: Owner @reference(key: "owner_id")
        }
        type Owner @entity(get: "/owners/{id}") { id: ID! name: String }
        """

    /// An upstream of rows: which members rows of the list have, and what each object has.
    private struct Upstream {
        var rowMembers: [String] = ["id", "title", "text", "owner_id"]
        var objects: [[String: JSONValue]]
        var showsNull = false
        var gone: Set<Int> = []

        func text(_ object: [String: JSONValue]) -> String {
            let shown = object.filter { showsNull || !$0.value.isNull }.sorted { $0.key < $1.key }
            return String(
                decoding: JSONValue.object(JSONObject(shown.map { ($0.key, $0.value) })).serialized(),
                as: UTF8.self
            )
        }

        var transport: ScriptedTransport {
            ScriptedTransport(requests: { request in
                let path = request.path
                if path.hasPrefix("/rows?") {
                    let rows = objects.map { object in text(object.filter { rowMembers.contains($0.key) }) }
                    return .json(#"{"data":[\#(rows.joined(separator: ","))],"count":\#(rows.count)}"#)
                }
                if path.hasPrefix("/owners/") { return .json(#"{"id":"\#(path.dropFirst(8))","name":"n"}"#) }
                guard let index = Int(path.dropFirst(6)), objects.indices.contains(index), !gone.contains(index) else {
                    return .status(404, "")
                }
                return .json(text(objects[index]))
            })
        }
    }

    private static func objects(_ count: Int, text: (Int) -> JSONValue) -> [[String: JSONValue]] {
        (0..<count).map { ["id": .string("\($0)"), "title": .string("T\($0)"), "text": text($0)] }
    }

    private func harness(_ upstream: Upstream) throws -> UpstreamHarness {
        try UpstreamHarness(Self.sdl, transport: upstream.transport)
    }

    // MARK: - Lists

    @Test(arguments: [1, 3, 7, 20], [true, false])
    func nullOfTheFirstObjectDoesNotAffectTheOthers(count: Int, showsNull: Bool) async throws {
        let objects = Self.objects(count) { $0 == 0 ? .null : .string("t\($0)") }
        let upstream = Upstream(rowMembers: ["id", "title"], objects: objects, showsNull: showsNull)
        let json = try await harness(upstream).run("{ rows(first: 50) { id text } }")
        let rows = (0..<count).map { index -> JSONValue in
            ["id": .string("\(index)"), "text": index == 0 ? .null : .string("t\(index)")]
        }
        #expect(json == ["data": ["rows": .array(rows)]])
    }

    @Test func aRowWithTheMemberShowsThatTheOthersHaveNull() async throws {
        let upstream = Upstream(objects: Self.objects(50) { $0 == 30 ? "t" : .null })
        let harness = try harness(upstream)
        let json = try await harness.run("{ rows(first: 50) { text } }")
        #expect(json["data"]?["rows"]?.arrayValue == (0..<50).map { ["text": $0 == 30 ? "t" : .null] })
        #expect(harness.transport.paths.count == 1)
    }

    @Test func objectsThatAgreeSaveTheCallsForTheOthers() async throws {
        let harness = try harness(Upstream(objects: Self.objects(50) { _ in .null }))
        for most in [9, 10, 11] {
            let json = try await harness.run("{ rows(first: 50) { text } }")
            #expect(json == ["data": ["rows": .array(Array(repeating: ["text": .null], count: 50))]])
            #expect(harness.transport.paths.count <= most)
        }
    }

    /// Rows that lack the text, which one of the single objects has.
    private static func summaries(_ count: Int, withTextOnlyIn key: Int) -> ScriptedTransport {
        ScriptedTransport { path in
            if path.hasPrefix("/rows?") {
                let rows = (0..<count).map { #"{"id":"\#($0)","title":"T"}"# }.joined(separator: ",")
                return .json(#"{"data":[\#(rows)],"count":\#(count)}"#)
            }
            let text = path == "/rows/\(key)" ? #","text":"t""# : ""
            return .json(#"{"id":"\#(path.dropFirst(6))","title":"T"\#(text)}"#)
        }
    }

    /// What others have in common says nothing of an object that the request names.
    @Test func objectRequestedByKeyIsRead() async throws {
        let transport = Self.summaries(60, withTextOnlyIn: 41)
        let sdl = Self.sdl.replacing(#"perPage: "per_page")"#, with: #"perPage: "per_page") @cacheControl(maxAge: 60)"#)
        let harness = try UpstreamHarness(sdl, transport: transport)
        _ = try await harness.run("{ rows(first: 100) { text } }")
        let calls = harness.transport.paths.count
        #expect(!harness.transport.paths.contains("/rows/41"))
        #expect(try await harness.run(#"{ row(id: "41") { text } }"#)["data"]?["row"] == ["text": "t"])
        #expect(harness.transport.paths.count == calls + 1)
        let json = try await harness.run("{ rows(first: 100) { id text } }")
        #expect(json["data"]?["rows"]?.arrayValue?.first { $0["id"] == "41" } == ["id": "41", "text": "t"])
    }

    @Test func anObjectThatIsGoneTeachesNothing() async throws {
        var upstream = Upstream(objects: Self.objects(50) { _ in .null })
        upstream.gone = [0]
        let harness = try harness(upstream)
        for most in [10, 12, 14] {
            let json = try await harness.run("{ rows(first: 50) { text } }")
            #expect(json["data"] == ["rows": .array(Array(repeating: ["text": .null], count: 50))])
            #expect(harness.transport.paths.count <= most)
        }
    }

    /// What one object has shown is known for a minute, what several have shown of their type for five.
    @Test(arguments: [(count: 1, seconds: 61), (count: 30, seconds: 301)])
    func whatIsKnownOfMissingMembersExpires(count: Int, seconds: Int) async throws {
        let hasText = Mutex(false)
        let clock = ManualClock()
        let transport = ScriptedTransport { path in
            if path.hasPrefix("/rows?") {
                let rows = (0..<count).map { #"{"id":"\#($0)","title":"T"}"# }.joined(separator: ",")
                return .json(#"{"data":[\#(rows)],"count":\#(count)}"#)
            }
            let text = hasText.withLock { $0 } ? #","text":"t""# : ""
            return .json(#"{"id":"\#(path.dropFirst(6))","title":"T"\#(text)}"#)
        }
        let harness = try UpstreamHarness(Self.sdl, transport: transport, clock: clock)
        func texts() async throws -> [JSONValue?] {
            let json = try await harness.run("{ rows(first: 50) { text } }")
            #expect(json["errors"] == nil)
            return json["data"]?["rows"]?.arrayValue?.map { $0["text"] } ?? []
        }
        #expect(try await texts() == Array(repeating: .null, count: count))
        hasText.withLock { $0 = true }
        #expect(try await texts() == Array(repeating: .null, count: count))
        clock.advance(by: .seconds(seconds))
        #expect(try await texts() == Array(repeating: "t", count: count))
    }

    /// However many objects have no value: one that is seen with one has it in lists, too.
    @Test(arguments: [false, true], [8, 60])
    func aValueThatWasWrittenOrSeenIsShownInLists(isWritten: Bool, count: Int) async throws {
        let texts = Mutex<[Int: String]>([:])
        let transport = ScriptedTransport(requests: { request in
            if request.path.hasPrefix("/rows?") {
                let rows = (0..<count).map { #"{"id":"\#($0)","title":"T"}"# }.joined(separator: ",")
                return .json(#"{"data":[\#(rows)],"count":\#(count)}"#)
            }
            let index = Int(request.path.dropFirst(6)) ?? 0
            if request.method == "PATCH" { texts.withLock { $0[index] = "written" } }
            let text = texts.withLock { $0[index] }.map { #","text":"\#($0)""# } ?? ""
            return .json(#"{"id":"\#(index)","title":"T"\#(text)}"#)
        })
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        func listed() async throws -> [String] {
            let json = try await harness.run("{ rows(first: 100) { text } }")
            #expect(json["errors"] == nil)
            return json["data"]?["rows"]?.arrayValue?.compactMap { $0["text"]?.stringValue } ?? []
        }
        #expect(try await listed() == [])
        if isWritten {
            _ = try await harness.run(#"mutation { change(id: "7", input: { text: "written" }) { row { id } } }"#)
        } else {
            texts.withLock { $0[7] = "written" }
            let json = try await harness.run(#"{ row(id: "7") { text } }"#)
            #expect(json["data"]?["row"]?["text"] == "written")
        }
        #expect(try await listed() == ["written"])
    }

    /// That one object has a value makes more objects be read before the others are taken for without, and not all of them.
    @Test func aValueOfOneObjectDoesNotMakeAllOthersBeRead() async throws {
        let transport = Self.summaries(100, withTextOnlyIn: 7)
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        let single = try await harness.run(#"{ row(id: "7") { text } }"#)
        #expect(single["data"]?["row"]?["text"] == "t")
        let list = try await harness.run("{ rows(first: 100) { text } }")
        #expect(list["errors"] == nil)
        #expect(list["data"]?["rows"]?.arrayValue?.compactMap { $0["text"]?.stringValue } == ["t"])
        #expect(transport.paths.count <= 40)
    }

    // MARK: - By key

    @Test func nullsOfObjectsByKeyDoNotAffectTheOthers() async throws {
        let objects = Self.objects(6) { $0 < 2 ? .null : .string("t\($0)") }
        let harness = try harness(Upstream(rowMembers: ["id", "title"], objects: objects))
        let fields = (0..<6).map { "f\($0): row(id: \"\($0)\") { title text }" }.joined(separator: " ")
        let json = try await harness.run("{ \(fields) }")
        for index in 0..<6 {
            let text: JSONValue = index < 2 ? .null : .string("t\(index)")
            #expect(json["data"]?["f\(index)"] == ["title": .string("T\(index)"), "text": text])
        }
        #expect(json["errors"] == nil)
    }

    // MARK: - Writes

    /// An upstream whose object `7` is whole when it is read, with this response to writes.
    private func harness(writes outcome: ScriptedTransport.Outcome, object: String) throws -> UpstreamHarness {
        let transport = ScriptedTransport(requests: { request in
            if request.method != "GET" { return outcome }
            if request.path.hasPrefix("/rows?") {
                return .json(#"{"data":[{"id":"1","title":"T"},{"id":"2","title":"T"}],"count":2}"#)
            }
            if request.path.hasPrefix("/owners/") { return .json(#"{"id":"o","name":"n"}"#) }
            return .json(request.path == "/rows/7" ? object : #"{"id":"\#(request.path.dropFirst(6))","title":"T"}"#)
        })
        return try UpstreamHarness(Self.sdl, transport: transport)
    }

    private static let object = #"{"id":"7","title":"T","text":"t","owner_id":"o"}"#
    private static let shown: JSONValue = [
        "id": "7", "title": "T", "text": "t", "ownerId": "o", "owner": ["name": "n"],
    ]

    @Test(
        arguments: [
            .status(204, "", headers: [("Location", "/v1/rows/7")]), .status(201, #"{"id":"7"}"#),
            .status(201, #"{"data":{"id":"7"},"error":null}"#), .status(200, #"{"id":"7","title":"T"}"#),
        ] as [ScriptedTransport.Outcome],
        [#"add(input: { title: "T" })"#, #"change(id: "7", input: { title: "T" })"#]
    )
    func membersMissingFromAWriteResponseAreFetched(outcome: ScriptedTransport.Outcome, field: String) async throws {
        let harness = try harness(writes: outcome, object: Self.object)
        // What rows of a list and their objects lack says nothing of the responses to writes.
        for _ in 1...3 { _ = try await harness.run("{ rows { text ownerId } }") }
        let name = String(field.prefix { $0 != "(" })
        for _ in 1...3 {
            let json = try await harness.run(
                "mutation { \(field) { row { id title text ownerId owner { name } } key } }"
            )
            #expect(json == ["data": [name: ["row": Self.shown, "key": "7"]]])
        }
    }

    @Test func aWholeResponseIsNotFetchedForEver() async throws {
        let harness = try harness(writes: .json(#"{"id":"7","title":"T"}"#), object: #"{"id":"7","title":"T"}"#)
        for _ in 1...5 {
            let json = try await harness.run(#"mutation { change(id: "7", input: { title: "T" }) { row { text } } }"#)
            #expect(json == ["data": ["change": ["row": ["text": .null]]]])
        }
        #expect(harness.transport.log.filter { $0.hasPrefix("GET") } == ["GET /rows/7"])
        // What was sent is not taken for null.
        _ = try await harness.run(#"mutation { change(id: "7", input: { text: "t" }) { row { text } } }"#)
        #expect(harness.transport.log.filter { $0.hasPrefix("GET") } == ["GET /rows/7", "GET /rows/7"])
    }

    @Test func anObjectThatCannotBeReadAfterAWriteFailsAtItsOwnPath() async throws {
        let transport = ScriptedTransport(requests: { request in
            switch request.line {
            case "GET /rows/1": .status(500, "")
            case "PATCH /rows/1": .json(#"{"id":"1"}"#)
            default: .status(204, "")
            }
        })
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        let known = try await harness.run(#"mutation { change(id: "1") { row { id title owner { id } } } }"#)
        #expect(known["data"] == ["change": ["row": ["id": "1", "title": .null, "owner": .null]]])
        let paths = known["errors"]?.arrayValue?.compactMap { $0["path"] }
        #expect(paths == [["change", "row", "title"], ["change", "row", "owner"]])
        let unknown = try await harness.run("mutation { add { row { id } key } }")
        #expect(unknown["data"] == ["add": ["row": .null, "key": .null]])
        #expect(unknown["errors"]?.arrayValue?.compactMap { $0["path"] } == [["add", "row"], ["add", "key"]])
    }
}
