import GatewayTestSupport
import GraphQL
import JSON
import Testing
import Upstream

@testable import Gateway

/// Responses in parts: what comes when.
@Suite(.timeLimit(.minutes(15))) struct IncrementalDeliveryTests {
    @Test func theFirstMessageDoesNotWaitForADeferredCall() async throws {
        let harness = try IncrementalHarness()
        let delivery = try harness.delivery(#"{ thing { name ... @defer(label: "slow") { owner { name } } } }"#)
        let (transport, messages) = (harness.transport, harness.messages)
        let task = Task { await delivery.deliver(as: .current) { messages.add($0) } }
        await transport.requests(reach: 1)
        transport.releaseHeld()
        await transport.requests(reach: 2)
        let first: JSONValue = [
            "data": ["thing": ["name": "A"]], "pending": [["id": "0", "path": ["thing"], "label": "slow"]],
            "hasNext": true,
        ]
        #expect(try messages.json() == [first])
        transport.open()
        #expect(await task.value)
        let second: JSONValue = [
            "incremental": [["id": "0", "data": ["owner": ["name": "O"]]]], "completed": [["id": "0"]],
            "hasNext": false,
        ]
        #expect(try messages.json() == [first, second])
        #expect(transport.paths == ["/thing", "/owners/o"])
    }

    /// Deferred fragments of one object do not wait for each other.
    @Test func aFastFragmentOvertakesASlowOne() async throws {
        let harness = try IncrementalHarness()
        let delivery = try harness.delivery(
            #"{ thing { id ... @defer(label: "slow") { owner { name } } ... @defer(label: "fast") { name } } }"#
        )
        let (transport, messages) = (harness.transport, harness.messages)
        let task = Task { await delivery.deliver(as: .current) { messages.add($0) } }
        await transport.requests(reach: 1)
        transport.releaseHeld()
        await transport.requests(reach: 2)
        while try messages.json().count < 2, !Task.isCancelled { await Task.yield() }
        let second: JSONValue = [
            "incremental": [["id": "1", "data": ["name": "A"]]], "completed": [["id": "1"]], "hasNext": true,
        ]
        #expect(try messages.json()[1] == second)
        transport.open()
        #expect(await task.value)
        #expect(try messages.json()[2]["incremental"] == [["id": "0", "data": ["owner": ["name": "O"]]]])
    }

    @Test func aFragmentWithinAFragmentIsAnnouncedWithIt() async throws {
        let messages = try await IncrementalHarness().all(
            "{ thing { id ... @defer { owner { name ... @defer { boss { name } } } } } }"
        )
        #expect(
            messages == [
                ["data": ["thing": ["id": "a"]], "pending": [["id": "0", "path": ["thing"]]], "hasNext": true],
                [
                    "pending": [["id": "1", "path": ["thing", "owner"]]],
                    "incremental": [["id": "0", "data": ["owner": ["name": "O"]]]], "completed": [["id": "0"]],
                    "hasNext": true,
                ],
                [
                    "incremental": [["id": "1", "data": ["boss": ["name": "P"]]]], "completed": [["id": "1"]],
                    "hasNext": false,
                ],
            ]
        )
    }

    /// What the client has already comes once; what is new in an object that it has comes with the path to that.
    @Test func fieldsThatTheClientHasAreNotSentAgain() async throws {
        let messages = try await IncrementalHarness().all(
            "{ thing { name owner { name } ... @defer { id name owner { id name } } } }"
        )
        #expect(
            messages == [
                [
                    "data": ["thing": ["name": "A", "owner": ["name": "O"]]],
                    "pending": [["id": "0", "path": ["thing"]]], "hasNext": true,
                ],
                [
                    "incremental": [
                        ["id": "0", "data": ["id": "a"]], ["id": "0", "subPath": ["owner"], "data": ["id": "o"]],
                    ], "completed": [["id": "0"]], "hasNext": false,
                ],
            ]
        )
    }

    @Test func twoFragmentsDoNotSendTheSameFieldTwice() async throws {
        let messages = try await IncrementalHarness().all(
            "{ thing { id ... @defer { name tags } ... @defer { name must } } }"
        )
        let entries = messages.flatMap { $0["incremental"]?.arrayValue ?? [] }
        #expect(entries.map { $0["data"] } == [["name": "A", "tags": ["x", "y", "z"]], ["must": "m"]])
        #expect(messages.flatMap { $0["completed"]?.arrayValue ?? [] } == [["id": "0"], ["id": "1"]])
    }

    /// Each item of a list is a part of its own.
    @Test func aFragmentOfItemsIsAnnouncedForEach() async throws {
        let messages = try await IncrementalHarness().all(
            "{ things { id ...F @defer(label: \"f\") } } fragment F on Thing { name owner { name } }"
        )
        #expect(messages[0]["data"] == ["things": [["id": "a"], ["id": "b"]]])
        #expect(
            messages[0]["pending"] == [
                ["id": "0", "path": ["things", 0], "label": "f"], ["id": "1", "path": ["things", 1], "label": "f"],
            ]
        )
        #expect(
            messages[1]["incremental"] == [
                ["id": "0", "data": ["name": "A", "owner": ["name": "O"]]],
                ["id": "1", "data": ["name": "B", "owner": .null]],
            ]
        )
        #expect(messages[1]["completed"] == [["id": "0"], ["id": "1"]])
        #expect(messages.count == 2)
    }

    @Test func rootFieldsAreDeferred() async throws {
        let messages = try await IncrementalHarness().all("{ ... @defer { thing { name } } __typename }")
        #expect(
            messages[0] == ["data": ["__typename": "Query"], "pending": [["id": "0", "path": []]], "hasNext": true]
        )
        #expect(messages[1]["incremental"] == [["id": "0", "data": ["thing": ["name": "A"]]]])
    }

    @Test func aFragmentOnAnInterfaceIsDeferred() async throws {
        let messages = try await IncrementalHarness().all(
            "{ thing { id ...N @defer owner { id ...N @defer } } } fragment N on Named { name __typename }"
        )
        #expect(messages[0]["data"] == ["thing": ["id": "a", "owner": ["id": "o"]]])
        #expect(
            messages[1]["incremental"] == [
                ["id": "0", "data": ["name": "O", "__typename": "Owner"]],
                ["id": "1", "data": ["name": "A", "__typename": "Thing"]],
            ]
        )
    }

    /// A mutation is carried out once, and before anything that is deferred in it.
    @Test func mutationsAreCarriedOutOnceAndFirst() async throws {
        let harness = try IncrementalHarness()
        let messages = try await harness.all(
            "mutation { add { id ... @defer { owner { name } } } change { id ... @defer { name } } }"
        )
        #expect(messages[0]["data"] == ["add": ["id": "a"], "change": ["id": "a"]])
        #expect(messages.last?["hasNext"] == false)
        #expect(harness.transport.paths == ["/added", "/changed", "/owners/o"])
        let entries = messages.flatMap { $0["incremental"]?.arrayValue ?? [] }
        #expect(Set(entries.compactMap { $0["data"] }) == [["owner": ["name": "O"]], ["name": "A"]])
    }

    @Test(
        arguments: [
            ("{ thing { id } }", [:]),
            ("{ thing { id ... @defer { id } } }", [:]),
            ("{ thing { ... @defer(if: false) { id } } }", [:]),
            ("query($d: Boolean!) { thing { ... @defer(if: $d) { id } } }", ["d": false]),
            ("query($d: Boolean! = false) { things @stream(if: $d) { id } }", [:]),
            ("query($d: Boolean!) { thing { id ... @skip(if: $d) @defer { name } } }", ["d": true]),
        ] as [(String, JSONObject)]
    )
    func operationWithoutEffectiveDeferIsWhole(query: String, variables: JSONObject) throws {
        if try IncrementalHarness().reply(query, variables: variables) != nil {
            Issue.record("\(query) comes in parts")
        }
    }

    @Test func deferConditionMayBeAVariable() async throws {
        let text = "query($d: Boolean!) { thing { id ... @defer(if: $d) { name } } }"
        let messages = try await IncrementalHarness().all(text, variables: ["d": true])
        #expect(messages.count == 2)
    }

    @Test func aConditionThatIsNullIsAnErrorOfTheRequest() throws {
        let text = "query($d: Boolean = true) { ... @defer(if: $d) { thing { name } } }"
        guard case .whole(let response)? = try IncrementalHarness().reply(text, variables: ["d": .null]) else {
            Issue.record("It has begun.")
            return
        }
        #expect(response.kind == .requestError)
    }

    /// What is cached as a whole needs no parts.
    @Test func cachedResultIsSentWhole() async throws {
        let harness = try IncrementalHarness(caches: true)
        harness.transport.open()
        let text = "{ thing { id ... @defer { name } } }"
        let caller = Caller(credential: Credential(key: "k"))
        for _ in 1...4 { _ = await harness.service.respond(to: GraphQLRequest(query: text), caller: caller) }
        try #require(harness.service.resultUse.cached > 0)
        guard case .whole(let response)? = harness.reply(text) else {
            Issue.record("A cached result comes in parts.")
            return
        }
        #expect(response.body == Array(#"{"data":{"thing":{"id":"a","name":"A"}}}"#.utf8))
    }

    /// A response in parts is no result for others.
    @Test func responseInPartsIsNotCached() async throws {
        let harness = try IncrementalHarness(caches: true)
        // A result that is asked for again would be cached.
        for _ in 1...4 { _ = try await harness.all("{ thing { id ... @defer { name } } }") }
        #expect(harness.service.resultUse.cached == 0)
    }

    @Test func theReportIsThatOfAllParts() async throws {
        let harness = try IncrementalHarness()
        harness.transport.open()
        guard
            case .parts(let delivery)? = harness.reply(
                "{ thing { id ... @defer { owner { name } } } }",
                wantsReport: true
            )
        else { throw IncrementalHarness.TestFailure("no parts") }
        _ = await delivery.deliver(as: .current) { harness.messages.add($0) }
        let made = try harness.messages.json().map { $0["extensions"]?["calls"]?["made"] }
        #expect(made == [1, 2])
    }

    /// Where nobody takes more, nothing more begins.
    @Test func aClientThatHasGoneEndsTheWork() async throws {
        struct Gone: Error {}
        let harness = try IncrementalHarness()
        harness.transport.open()
        let delivery = try harness.delivery("{ thing { id ... @defer { owner { name } } } }")
        #expect(await !delivery.deliver(as: .current) { _ in throw Gone() })
        #expect(harness.transport.paths == ["/thing"])
    }

    @Test func tooLargePartFailsAlone() async throws {
        var limits = RequestLimits()
        limits.maximumResponseBytes = 60
        let messages = try await IncrementalHarness(limits: limits).all(
            "{ thing { id ... @defer { name tags must owner { id name boss { id name } } } } }"
        )
        #expect(messages[0]["data"] == ["thing": ["id": "a"]])
        let completed = messages[1]["completed"]?[0]
        #expect(completed?["errors"]?[0]?["extensions"]?["code"] == "RESPONSE_TOO_LARGE")
        #expect(messages[1]["hasNext"] == false)
    }

    /// Each part is delivered after the one around it, and all data is written for each: together they have a limit.
    @Test func manyPartsOfALargeResponseFail() async throws {
        var limits = RequestLimits()
        limits.maximumResponseBytes = 400
        let parts = (0..<40).map { "... @defer { n\($0): name " }.joined() + String(repeating: "}", count: 40)
        let messages = try await IncrementalHarness(limits: limits).all("{ thing { id \(parts) } }")
        let last = try #require(messages.last)
        #expect(last["hasNext"] == false)
        #expect(last["completed"]?[0]?["errors"]?[0]?["extensions"]?["code"] == "RESPONSE_TOO_LARGE")
        #expect(messages.dropLast().allSatisfy { $0["completed"]?[0]?["errors"] == nil })
        #expect((10...30).contains(messages.count), "\(messages.count)")
    }
}
