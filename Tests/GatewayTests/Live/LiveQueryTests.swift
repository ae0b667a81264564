import GraphQL
import JSON
import TestSupport
import Testing

@testable import Gateway
@testable import Upstream

/// Queries with `@live`, and changes that only readings show.
@Suite(.timeLimit(.minutes(5))) struct LiveQueryTests {
    private let clock = ManualClock()
    private let upstream: PolledUpstream
    private let gateway: PolledGateway
    private let project: String

    init() throws {
        upstream = PolledUpstream(clock: clock)
        project = upstream.make("projects", ["name": "P"])
        for number in 0..<3 {
            upstream.make("issues", ["project_id": .string(project), "title": .string("T\(number)"), "status": "open"])
        }
        clock.advance(by: .seconds(60))
        gateway = try PolledGateway([upstream], clock: clock)
    }

    private func titles(_ titles: String...) -> JSONValue {
        ["data": ["issues": ["nodes": .array(titles.map { ["title": .string($0)] })]]]
    }

    private static let query = "query @live { issues(first: 10) { nodes { title } } }"

    @Test func eachChangeHasAnotherResult() async throws {
        let follower = try gateway.follow(Self.query)
        #expect(await follower.results(reach: 1) == [titles("T2", "T1", "T0")])
        await gateway.settle()
        let id = try #require(upstream.list("issues").first?["id"]?.stringValue)
        upstream.change("issues", id, ["title": "changed"])
        await gateway.pass(seconds: 5)
        #expect(await follower.results(reach: 2).last == titles("changed", "T1", "T0"))
        upstream.remove("issues", id)
        await gateway.pass(seconds: 5)
        #expect(await follower.results(reach: 3).last == titles("T1", "T0"))
        // Nothing else has changed, and what is unchanged costs the upstream no body.
        await gateway.pass(seconds: 60)
        #expect(follower.results.count == 3)
        follower.cancel()
    }

    /// Nothing of a row is shown, and the result changes with the rows.
    @Test func theNumberOfRowsIsFollowed() async throws {
        let follower = try gateway.follow("query @live { issues(first: 1) { totalCount } }")
        #expect(await follower.results(reach: 1) == [["data": ["issues": ["totalCount": 3]]]])
        await gateway.settle()
        let id = try #require(upstream.list("issues").first?["id"]?.stringValue)
        upstream.remove("issues", id)
        await gateway.pass(seconds: 5)
        #expect(await follower.results(reach: 2).last == ["data": ["issues": ["totalCount": 2]]])
        follower.cancel()
    }

    // MARK: - What changed before the first reading

    /// Lets time pass until a follower's last result is some value, at most an hour.
    private func passUntil(_ follower: PolledGateway.Follower, shows value: JSONValue) async {
        for _ in 0..<3600 where follower.results.last != value { await gateway.pass(seconds: 1) }
    }

    private static let plain = "{ issues(first: 10) { nodes { title } } }"

    @Test func changeThatTheCacheLacksIsFoundByTheFirstPoll() async throws {
        _ = try await gateway.query(Self.plain)
        clock.advance(by: .seconds(10))
        let id = try #require(upstream.list("issues").first?["id"]?.stringValue)
        upstream.change("issues", id, ["title": "changed"])
        let follower = try gateway.follow(Self.query)
        await follower.lastBecomes(titles("changed", "T1", "T0"))
        #expect(follower.results.last == titles("changed", "T1", "T0"))
        follower.cancel()
    }

    @Test(arguments: [false, true])
    func changeThatTheCacheLacksIsShownOnceTheCacheIsStale(isRemoval: Bool) async throws {
        _ = try await gateway.query(Self.plain)
        clock.advance(by: .seconds(10))
        if isRemoval {
            let id = try #require(upstream.list("issues").last?["id"]?.stringValue)
            upstream.remove("issues", id)
        } else {
            upstream.make("issues", ["project_id": .string(project), "title": "new", "status": "open"])
        }
        let follower = try gateway.follow(Self.query)
        _ = await follower.results(reach: 1)
        let expected = isRemoval ? titles("T2", "T1") : titles("new", "T2", "T1", "T0")
        await passUntil(follower, shows: expected)
        #expect(follower.results.last == expected)
        // Once is enough: from then on only changes give another result.
        await gateway.settle()
        let lists = upstream.paths.count { !$0.contains("updated_at") }
        await gateway.pass(seconds: 300)
        #expect(upstream.paths.count { !$0.contains("updated_at") } == lists)
        follower.cancel()
    }

    @Test func unchangedListIsNotFetchedAgain() async throws {
        let follower = try gateway.follow(Self.query)
        _ = await follower.results(reach: 1)
        await gateway.settle()
        let lists = upstream.paths.count { !$0.contains("updated_at") }
        await gateway.pass(seconds: 300)
        #expect(upstream.paths.count { !$0.contains("updated_at") } == lists)
        #expect(follower.results.count == 1)
        follower.cancel()
    }

    @Test func anErrorIsFollowedByAResultWhenTheUpstreamIsBack() async throws {
        upstream.isFailing = true
        let follower = try gateway.follow(Self.query)
        let first = await follower.results(reach: 1)
        #expect(first.last?["errors"] != nil)
        await gateway.pass(seconds: 100)
        upstream.isFailing = false
        await passUntil(follower, shows: titles("T2", "T1", "T0"))
        #expect(follower.results.last == titles("T2", "T1", "T0"))
        // Which error is sent is decided by the first one: those of later attempts are the same.
        #expect(follower.results.count == 2)
        follower.cancel()
    }

    @Test func pollingEndsWithTheLastFollower() async throws {
        let follower = try gateway.follow(Self.query)
        _ = await follower.results(reach: 1)
        #expect(gateway.service.polling.readerCount == 1)
        follower.cancel()
        while gateway.service.polling.readerCount > 0, !Task.isCancelled { await Task.yield() }
        await gateway.settle()
        let calls = upstream.paths.count
        await gateway.pass(seconds: 30)
        #expect(upstream.paths.count == calls)
    }

    @Test func fullReserveTurnsPollingOff() async throws {
        let gateway = try PolledGateway([upstream], clock: clock, reserve: 1)
        let follower = try gateway.follow(Self.query)
        _ = await follower.results(reach: 1)
        #expect(gateway.service.polling.readerCount == 0)
        follower.cancel()
    }

    @Test func patchesAreSentToWhoAsks() async throws {
        let follower = try gateway.follow(
            "query @live { issues(first: 10) { nodes { title status } } }",
            extensions: ["live": ["patch": true]]
        )
        let nodes: [JSONValue] = ["T2", "T1", "T0"].map { ["title": .string($0), "status": "open"] }
        let first: JSONValue = ["data": ["issues": ["nodes": .array(nodes)]], "revision": 1]
        #expect(await follower.results(reach: 1) == [first])
        await gateway.settle()
        let id = try #require(upstream.list("issues").first?["id"]?.stringValue)
        upstream.change("issues", id, ["title": "x"])
        await gateway.pass(seconds: 5)
        let path = "/data/issues/nodes/0/title"
        let patch: JSONValue = ["patch": [["op": "replace", "path": .string(path), "value": "x"]], "revision": 2]
        #expect(await follower.results(reach: 2).last == patch)
        follower.cancel()
    }

    @Test func aResultThatIsShorterThanItsPatchIsSentWhole() async throws {
        let follower = try gateway.follow(Self.query, extensions: ["live": ["patch": true]])
        _ = await follower.results(reach: 1)
        await gateway.settle()
        let id = try #require(upstream.list("issues").first?["id"]?.stringValue)
        upstream.change("issues", id, ["title": "x"])
        await gateway.pass(seconds: 5)
        var whole = titles("x", "T1", "T0").objectValue ?? JSONObject()
        whole["revision"] = 2
        #expect(await follower.results(reach: 2).last == .object(whole))
        follower.cancel()
    }

    @Test func aConditionDecidesAndPlainRequestsHaveOneResult() async throws {
        let query = "query($follow: Boolean!) @live(if: $follow) { issues(first: 10) { nodes { title } } }"
        var request = GraphQLRequest(query: query)
        for isFollowed in [true, false] {
            request.variables = ["follow": .bool(isFollowed)]
            #expect(gateway.service.prepare(request, for: gateway.caller).isFollowed == isFollowed)
        }
        // The condition cannot be null, whatever the variable's type is.
        var nullable = GraphQLRequest(
            query: "query($follow: Boolean) @live(if: $follow) { issues(first: 10) { nodes { title } } }"
        )
        #expect(gateway.service.prepare(nullable, for: gateway.caller).isFollowed)
        nullable.variables = ["follow": .null]
        let refused = await gateway.service.respond(to: nullable, caller: gateway.caller)
        let message = try JSONValue(parsing: refused.body)["errors"]?[0]?["message"]?.stringValue
        #expect(message?.contains("must not be null") == true)
        request.variables = ["follow": true]
        let response = await gateway.service.respond(to: request, caller: gateway.caller)
        #expect(try JSONValue(parsing: response.body) == titles("T2", "T1", "T0"))
        let wrong = GraphQLRequest(query: "mutation @live { deleteIssue(id: \"1\") { deletedId } }")
        #expect(gateway.service.prepare(wrong, for: gateway.caller).kind == nil)
    }

    @Test func polledObjectsNeedNoFurtherCall() async throws {
        let follower = try gateway.follow("subscription { issueChanged { kind issue { title } } }")
        await gateway.settle()
        let calls = upstream.paths.count
        let id = upstream.make("issues", ["project_id": .string(project), "title": "new", "status": "open"])
        await gateway.pass(seconds: 5)
        let event: JSONValue = ["data": ["issueChanged": ["kind": "CREATED", "issue": ["title": "new"]]]]
        #expect(await follower.results(reach: 1) == [event])
        #expect(upstream.paths[calls...].allSatisfy { $0.contains("sort=updated_at") })
        upstream.remove("issues", id)
        await gateway.pass(seconds: 5)
        let deleted: JSONValue = ["data": ["issueChanged": ["kind": "DELETED", "issue": .null]]]
        #expect(await follower.results(reach: 2).last == deleted)
        follower.cancel()
    }

    @Test func responsesLiveLongerWhileWebhooksReportChanges() async throws {
        let receiver = try #require(
            WebhookReceiver(
                service: gateway.service,
                options: WebhookOptions(slug: "w0", secrets: [Array("s".utf8)])
            ) { 0 }
        )
        func event(_ id: String) {
            let body = Array(#"{"id":"e\#(id)","type":"task.updated","data":{"task_id":"\#(id)"}}"#.utf8)
            let digits = (HMACSHA256(key: Array("s".utf8))?.code(of: body) ?? []).map {
                String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
            }.joined()
            #expect(receiver.receive(body) { _ in "sha256=\(digits)" } == .accepted(.changed(1)))
        }
        let ids = upstream.list("issues").compactMap { $0["id"]?.stringValue }
        event(ids[0])
        let query = "{ issues(first: 10) { nodes { title } } }"
        func calls(after seconds: Int) async throws -> Int {
            await gateway.pass(seconds: seconds)
            let before = upstream.paths.count { $0.hasPrefix("/issues?") && !$0.contains("sort=updated_at") }
            #expect(try await gateway.query(query)["errors"] == nil)
            await gateway.settle()
            return upstream.paths.count { $0.hasPrefix("/issues?") && !$0.contains("sort=updated_at") } - before
        }
        let first = try await calls(after: 0)
        #expect(first == 1)
        // A reading confirms meanwhile that all changes are reported: before or after it would be refreshed.
        _ = try await calls(after: 40)
        for _ in 0..<4 {
            let later = try await calls(after: 60)
            #expect(later == 0)
        }
        // It is 320 seconds old.
        let last = try await calls(after: 80)
        #expect(last == 1)
        // A change that no event reports is found by a reading, and ends that.
        upstream.change("issues", ids[1], ["title": "unreported"])
        await gateway.pass(seconds: 121)
        #expect(!gateway.service.polling.reportsChanges(0))
        #expect(try await calls(after: 61) >= 1)
    }
}
