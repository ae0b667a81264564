import JSON
import TestSupport
import Testing

@testable import Gateway
@testable import Upstream

/// Screens that show what others change, without webhooks, on keys with a hundred calls a minute.
@Suite(.timeLimit(.minutes(10))) struct LiveLoadTests {
    /// What a screen shows: a list, and how its rows are expected to be.
    private struct Screen {
        let workspace: Int
        let field: String
        let collection: String
        let filters: [String: String]
        let member: String

        var query: String { "query @live { \(field) { nodes { id \(member) } } }" }

        func expected(_ upstream: PolledUpstream) -> JSONValue {
            let name = String(field.prefix { $0 != "(" })
            let rows = upstream.list(collection, where: filters).map { row in
                JSONValue.object(JSONObject([("id", row["id"] ?? .null), (member, row[member] ?? .null)]))
            }
            let list: JSONValue = ["nodes": .array(rows)]
            return ["data": .object(JSONObject([(name, list)]))]
        }
    }

    @Test func changesOfOthersAreSeenSoonAndLeaveRoomInTheMinute() async throws {
        let clock = ManualClock()
        let upstreams = (0..<2).map { _ in PolledUpstream(clock: clock) }
        var projects: [[String]] = []
        for upstream in upstreams {
            let own = (0..<5).map { upstream.make("projects", ["name": .string("P\($0)"), "status": "active"]) }
            for number in 0..<150 {
                upstream.make(
                    "issues",
                    [
                        "project_id": .string(own[number % 5]), "title": .string("T\(number)"),
                        "status": .string(number % 10 == 0 ? "open" : "done"),
                    ]
                )
            }
            projects.append(own)
        }
        clock.advance(by: .seconds(600))
        let gateway = try PolledGateway(upstreams, clock: clock)
        let screens = (0..<20).map { number in
            let workspace = number % 2
            let slug = "workspaces: [\"w\(workspace)\"]"
            switch number / 2 % 3 {
            case 0:
                let id = projects[workspace][0]
                return Screen(
                    workspace: workspace,
                    field: "issues(\(slug), projectId: \"\(id)\", first: 100)",
                    collection: "issues",
                    filters: ["project_id": id],
                    member: "title"
                )
            case 1:
                return Screen(
                    workspace: workspace,
                    field: "issues(\(slug), status: \"open\", first: 100)",
                    collection: "issues",
                    filters: ["status": "open"],
                    member: "title"
                )
            default:
                return Screen(
                    workspace: workspace,
                    field: "projects(\(slug), first: 100)",
                    collection: "projects",
                    filters: [:],
                    member: "name"
                )
            }
        }
        let followers = try screens.map { try gateway.follow($0.query) }
        for (screen, follower) in zip(screens, followers) {
            await follower.lastBecomes(screen.expected(upstreams[screen.workspace]))
        }
        await gateway.settle()
        var delays: [Int] = []
        for number in 0..<40 {
            let workspace = number % 2
            let upstream = upstreams[workspace]
            let count = gateway.service.broker.changeFeeds[workspace].changeCount
            let inProject = upstream.list("issues", where: ["project_id": projects[workspace][0]])
            let id = try #require(inProject[number % inProject.count]["id"]?.stringValue)
            switch number / 2 % 5 {
            case 0: upstream.change("issues", id, ["title": .string("changed \(number)")])
            case 1: upstream.change("issues", id, ["status": "open"])
            case 2: upstream.change("projects", projects[workspace][1], ["name": .string("named \(number)")])
            case 3:
                let project = JSONValue.string(projects[workspace][0])
                upstream.make("issues", ["project_id": project, "title": .string("made \(number)"), "status": "done"])
            default: upstream.remove("issues", id)
            }
            let seconds = await gateway.passUntilChange(in: workspace, after: count)
            delays.append(seconds)
            for (screen, follower) in zip(screens, followers) where screen.workspace == workspace {
                await follower.lastBecomes(screen.expected(upstream))
            }
            await gateway.settle()
            if seconds < 15 { await gateway.pass(seconds: 15 - seconds) }
        }
        for follower in followers { follower.cancel() }
        let average = Double(delays.reduce(0, +)) / Double(delays.count)
        let most = upstreams.flatMap(\.callsOfMinutes).max() ?? 0
        print(
            "changes were seen after \(average) s on average, \(delays.max() ?? 0) s at most; \(most) calls a minute at most"
        )
        #expect(average <= 10)
        #expect(most <= 60)
        // What changes is taken from the page that showed it.
        #expect(upstreams.flatMap(\.paths).count { $0.hasPrefix("/issues/") } <= 8)
    }
}
