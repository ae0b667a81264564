import GatewayTestSupport
import JSON
import Testing

@testable import Gateway

/// Lists that come in parts.
@Suite struct StreamedListTests {
    @Test(arguments: [IncrementalFormat.current, .former])
    func theFirstItemsComeFirst(format: IncrementalFormat) async throws {
        let messages = try await IncrementalHarness().all(
            #"{ things @stream(initialCount: 1, label: "l") { id } }"#,
            as: format
        )
        let data: JSONValue = ["things": [["id": "a"]]]
        switch format {
        case .current:
            #expect(
                messages == [
                    ["data": data, "pending": [["id": "0", "path": ["things"], "label": "l"]], "hasNext": true],
                    [
                        "incremental": [["id": "0", "items": [["id": "b"]]]], "completed": [["id": "0"]],
                        "hasNext": false,
                    ],
                ]
            )
        case .former:
            #expect(
                messages == [
                    ["data": data, "hasNext": true],
                    [
                        "incremental": [["items": [["id": "b"]], "path": ["things", 1], "label": "l"]],
                        "hasNext": false,
                    ],
                ]
            )
        }
    }

    /// What the later items need is called for after the first ones have been sent.
    @Test func theFirstItemsDoNotWaitForTheOthers() async throws {
        let harness = try IncrementalHarness { path in
            path == "/things"
                ? (200, #"[{"id":"a","owner_id":"o"},{"id":"b","owner_id":"p"}]"#) : IncrementalHarness.response(path)
        }
        let delivery = try harness.delivery("{ things @stream(initialCount: 1) { owner { name } } }")
        let (transport, messages) = (harness.transport, harness.messages)
        let task = Task { await delivery.deliver(as: .current) { messages.add($0) } }
        for calls in 1...2 {
            await transport.requests(reach: calls)
            transport.releaseHeld()
        }
        await transport.requests(reach: 3)
        #expect(try messages.json().map { $0["data"] } == [["things": [["owner": ["name": "O"]]]]])
        transport.open()
        #expect(await task.value)
        #expect(try messages.json()[1]["incremental"] == [["id": "0", "items": [["owner": ["name": "P"]]]]])
        #expect(transport.paths == ["/things", "/owners/o", "/owners/p"])
    }

    @Test(arguments: [2, 3, 1000]) func listWithinItsInitialCountIsNotContinued(count: Int) async throws {
        let messages = try await IncrementalHarness().all(
            "query($n: Int) { things @stream(initialCount: $n) { id } }",
            variables: ["n": .integer(count)]
        )
        #expect(messages == [["data": ["things": [["id": "a"], ["id": "b"]]], "hasNext": false]])
    }

    @Test func leavesAreStreamedInEachObject() async throws {
        let messages = try await IncrementalHarness().all("{ things { id tags @stream(initialCount: 2) } }")
        #expect(messages[0]["data"] == ["things": [["id": "a", "tags": ["x", "y"]], ["id": "b", "tags": .null]]])
        #expect(messages[0]["pending"] == [["id": "0", "path": ["things", 0, "tags"]]])
        #expect(messages[1]["incremental"] == [["id": "0", "items": ["z"]]])
    }

    /// Fragments of later items are announced with these.
    @Test func fragmentsAreDeferredInStreamedItems() async throws {
        let messages = try await IncrementalHarness().all(
            "{ things @stream(initialCount: 1) { id ... @defer { name } } }"
        )
        #expect(messages[0]["data"] == ["things": [["id": "a"]]])
        let pending = messages.flatMap { $0["pending"]?.arrayValue ?? [] }
        #expect(Set(pending.compactMap { $0["path"] }) == [["things"], ["things", 0], ["things", 1]])
        let entries = messages.flatMap { $0["incremental"]?.arrayValue ?? [] }
        #expect(entries.compactMap { $0["items"] } == [[["id": "b"]]])
        #expect(Set(entries.compactMap { $0["data"] }) == [["name": "A"], ["name": "B"]])
        #expect(messages.last?["hasNext"] == false)
    }

    @Test func listsAreStreamedInDeferredFragments() async throws {
        let messages = try await IncrementalHarness().all(
            "{ thing { id ... @defer { tags @stream(initialCount: 1) } } }"
        )
        #expect(
            messages == [
                ["data": ["thing": ["id": "a"]], "pending": [["id": "0", "path": ["thing"]]], "hasNext": true],
                [
                    "pending": [["id": "1", "path": ["thing", "tags"]]],
                    "incremental": [["id": "0", "data": ["tags": ["x"]]]], "completed": [["id": "0"]],
                    "hasNext": true,
                ],
                [
                    "incremental": [["id": "1", "items": ["y", "z"]]], "completed": [["id": "1"]], "hasNext": false,
                ],
            ]
        )
    }

    /// A fragment that is spread deferred and also as it is has nothing of its own.
    @Test(arguments: [
        "...F @defer ...F", "...F ...F @defer", "...F @defer ... { ...F }",
        "...F @defer(label: \"a\") ...F @defer(if: false)",
    ])
    func aFragmentThatIsSpreadTwiceIsStreamedOnce(spreads: String) async throws {
        let messages = try await IncrementalHarness().all(
            "{ thing { id \(spreads) } } fragment F on Thing { tags @stream(initialCount: 1) }"
        )
        #expect(
            messages == [
                [
                    "data": ["thing": ["id": "a", "tags": ["x"]]],
                    "pending": [["id": "0", "path": ["thing", "tags"]]], "hasNext": true,
                ],
                [
                    "incremental": [["id": "0", "items": ["y", "z"]]], "completed": [["id": "0"]], "hasNext": false,
                ],
            ]
        )
    }

    /// A fragment that is deferred twice streams its list in both: each item comes once.
    @Test(arguments: [IncrementalFormat.current, .former])
    func aFragmentThatIsDeferredTwiceSendsEachItemOnce(format: IncrementalFormat) async throws {
        let messages = try await IncrementalHarness().all(
            """
            { ...F @defer(label: "a") ...F @defer(label: "b") }
            fragment F on Query { things @stream(initialCount: 1) { id name } }
            """,
            as: format
        )
        let entries = messages.flatMap { $0["incremental"]?.arrayValue ?? [] }
        #expect(entries.compactMap { $0["items"] } == [[["id": "b", "name": "B"]]])
        #expect(messages.last?["hasNext"] == false)
    }

    @Test func introspectionIsStreamed() async throws {
        let messages = try await IncrementalHarness().all(
            #"{ thing { id } __type(name: "Owner") { fields(includeDeprecated: true) @stream(initialCount: 1) { name } } }"#
        )
        #expect(messages[0]["data"] == ["thing": ["id": "a"], "__type": ["fields": [["name": "id"]]]])
        #expect(messages[1]["incremental"]?[0]?["items"] == [["name": "name"], ["name": "boss"]])
    }
}
