import GatewayTestSupport
import GraphQL
import JSON
import Testing
import Upstream

@testable import Gateway

/// Errors and nulls in deferred fragments and streamed lists.
@Suite struct IncrementalErrorTests {
    /// The upstream without owners.
    private func harness() throws -> IncrementalHarness {
        try IncrementalHarness { $0.hasPrefix("/owners") ? (500, "") : IncrementalHarness.response($0) }
    }

    @Test func anErrorInAFragmentComesWithIt() async throws {
        let messages = try await harness().all("{ thing { id ... @defer { name owner { name } } } }")
        let delivered = messages[1]["incremental"]?[0]
        #expect(messages[0]["errors"] == nil)
        #expect(delivered?["data"] == ["name": "A", "owner": .null])
        #expect(delivered?["errors"]?[0]?["path"] == ["thing", "owner"])
        #expect(delivered?["errors"]?[0]?["locations"] == [["line": 1, "column": 32]])
        #expect(messages[1]["completed"] == [["id": "0"]])
    }

    /// A null where none may be takes away the fragment, and not the object that the client has.
    @Test(arguments: [IncrementalFormat.current, .former])
    func nullInANonNullFieldFailsTheFragment(format: IncrementalFormat) async throws {
        let messages = try await harness().all("{ thing { id ... @defer { needed { name } } } }", as: format)
        #expect(messages[0]["data"] == ["thing": ["id": "a"]])
        #expect(messages[1]["hasNext"] == false)
        if format == .current {
            #expect(messages[1]["incremental"] == nil)
            #expect(messages[1]["completed"]?[0]?["errors"]?[0]?["path"] == ["thing", "needed"])
        } else {
            #expect(messages[1]["incremental"]?[0]?["data"] == .null)
            #expect(messages[1]["incremental"]?[0]?["path"] == ["thing"])
        }
    }

    /// A condition that is null is the request's mistake, and not the upstream's.
    @Test(arguments: ["... @defer(if: $d) { name }", "name @skip(if: $d)"])
    func aConditionThatIsNullIsAnError(selection: String) async throws {
        let messages = try await IncrementalHarness().all(
            "query($d: Boolean = true) { thing { id \(selection) } }",
            variables: ["d": .null]
        )
        #expect(messages.count == 1)
        #expect(messages[0]["data"] == ["thing": .null])
        let error = messages[0]["errors"]?[0]
        #expect(error?["message"] == #"Argument "if" of non-null type "Boolean!" must not be null."#)
        #expect(error?["extensions"]?["code"] == "BAD_USER_INPUT")
        #expect(error?["path"] == ["thing"])
    }

    /// The field alone fails, and not the operation.
    @Test func aConditionOfAStreamThatIsNullFailsItsField() async throws {
        let messages = try await IncrementalHarness().all(
            "query($d: Boolean = true) { thing { id tags @stream(if: $d) } }",
            variables: ["d": .null]
        )
        #expect(messages.count == 1)
        #expect(messages[0]["data"] == ["thing": ["id": "a", "tags": .null]])
        #expect(messages[0]["errors"]?[0]?["extensions"]?["code"] == "BAD_USER_INPUT")
        #expect(messages[0]["errors"]?[0]?["path"] == ["thing", "tags"])
    }

    /// One item's fragment fails; the others, and the list of items that must not be null, stay.
    @Test func aFragmentOfOneItemFailsAlone() async throws {
        let messages = try await IncrementalHarness().all("{ things { id ... @defer { must } } }")
        #expect(messages[0]["data"] == ["things": [["id": "a"], ["id": "b"]]])
        #expect(messages[1]["incremental"] == [["id": "0", "data": ["must": "m"]]])
        let completed = messages[1]["completed"]?.arrayValue ?? []
        #expect(completed.map { $0["id"] } == ["0", "1"])
        #expect(completed.map { $0["errors"]?[0]?["path"] } == [nil, ["things", 1, "must"]])
    }

    /// A null that takes away an object that the client has by what comes first ends the fragment.
    @Test func aNullInAnObjectThatTheClientHasEndsTheFragment() async throws {
        let messages = try await IncrementalHarness().all("{ maybe { id } ... @defer { maybe { must } } }")
        #expect(messages[0]["data"] == ["maybe": [["id": "a"], ["id": "b"]]])
        #expect(messages[1]["incremental"] == nil)
        #expect(messages[1]["completed"]?[0]?["errors"]?[0]?["path"] == ["maybe", 1, "must"])
    }

    /// What is null by what comes first stays null, and its errors come once.
    @Test func errorsOfTheInitialResponseAreNotRepeated() async throws {
        let messages = try await harness().all("{ thing { owner { name } ... @defer { id owner { name id } } } }")
        #expect(messages[0]["errors"]?.arrayValue?.count == 1)
        #expect(messages[1]["incremental"] == [["id": "0", "data": ["id": "a"]]])
        #expect(messages[1]["completed"] == [["id": "0"]])
    }

    /// A fragment in one that failed is not announced.
    @Test func fragmentsWithinAFailedOneAreNotAnnounced() async throws {
        let messages = try await harness().all("{ thing { id ... @defer { needed { id } ... @defer { name } } } }")
        #expect(messages.count == 2)
        #expect(messages[1]["pending"] == nil)
        #expect(messages[1]["hasNext"] == false)
    }

    /// Without data there is nothing to add to.
    @Test func nothingIsAnnouncedWithoutData() async throws {
        let messages = try await IncrementalHarness { _ in (500, "") }.all("{ thing { id ... @defer { name } } }")
        #expect(messages.count == 1)
        #expect(messages[0]["data"] == ["thing": .null])
        #expect(messages[0]["pending"] == nil)
        #expect(messages[0]["hasNext"] == false)
    }

    /// An item that must not be null but is ends the list; what the client has of it stays.
    @Test func aNullItemEndsTheStream() async throws {
        let messages = try await IncrementalHarness().all("{ things @stream(initialCount: 1) { id must } }")
        #expect(messages[0]["data"] == ["things": [["id": "a", "must": "m"]]])
        #expect(messages[1]["incremental"] == nil)
        #expect(messages[1]["completed"]?[0]?["errors"]?[0]?["path"] == ["things", 1, "must"])
        #expect(messages[1]["hasNext"] == false)
    }

    @Test func nullableItemIsSentAsNullWithItsError() async throws {
        let messages = try await IncrementalHarness().all("{ maybe @stream(initialCount: 1) { id must } }")
        let delivered = messages[1]["incremental"]?[0]
        #expect(delivered?["items"] == [.null])
        #expect(delivered?["errors"]?[0]?["path"] == ["maybe", 1, "must"])
        #expect(messages[1]["completed"] == [["id": "0"]])
    }

    @Test func aNegativeCountIsAnErrorOfTheField() async throws {
        let messages = try await IncrementalHarness().all(
            "{ things @stream(initialCount: -1) { id } thing { id ... @defer { name } } }"
        )
        #expect(messages[0]["data"] == ["things": .null, "thing": ["id": "a"]])
        #expect(messages[0]["errors"]?[0]?["message"] == "initialCount must be a positive integer")
    }

    /// The error is there, too, where the null goes up to a parent.
    @Test(arguments: ["", " ... @defer { name }"])
    func aNegativeCountOfAListThatMustBeIsAnErrorOfTheField(deferred: String) async throws {
        let messages = try await IncrementalHarness().all(
            "{ thing { id marks @stream(initialCount: -1)\(deferred) } maybe { id } }"
        )
        #expect(messages[0]["data"] == ["thing": .null, "maybe": [["id": "a"], ["id": "b"]]])
        #expect(messages[0]["errors"]?.arrayValue?.map { $0["path"] } == [["thing", "marks"]])
        #expect(messages[0]["errors"]?[0]?["message"] == "initialCount must be a positive integer")
        #expect(messages.map { $0["hasNext"] } == [false])
    }

    /// The operation has no parts then, and its result may be cached as that of one that streams nothing.
    @Test(arguments: ["{ things { id } }", nil])
    func aNegativeCountAloneIsAnErrorOfTheField(cached: String?) async throws {
        let harness = try IncrementalHarness(caches: true)
        harness.transport.open()
        if let cached {
            let request = GraphQLRequest(query: cached)
            _ = await harness.service.respond(to: request, caller: Caller(credential: Credential(key: "k")))
        }
        let query = "query($n: Int) { things @stream(initialCount: $n) { id } }"
        let messages = try await harness.all(query, variables: ["n": -1])
        #expect(messages.map { $0["data"] } == [["things": .null]])
        #expect(messages.map { $0["errors"]?.arrayValue?.map { $0["path"] } } == [[["things"]]])
        #expect(messages.map { $0["hasNext"] } == [false])
    }
}
