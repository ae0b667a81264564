import Testing
import Upstream

@testable import Gateway

/// How lanes are configured, and which one a caller is in.
@Suite struct BudgetLanesTests {
    @Test func eachGroupHasALane() {
        let lanes = BudgetLanes()
        #expect(
            lanes.all == [
                LanePolicy(name: "people", priority: 3, share: 60),
                LanePolicy(name: "scripts", priority: 2, share: 25),
                LanePolicy(name: "agents", priority: 1, share: 15),
            ]
        )
        #expect(CallerGroup.allCases.map { lanes.policy(of: $0).lane.name } == lanes.names)
    }

    @Test func textsChangeLanesAndAddOthers() throws {
        let lanes = try BudgetLanes(["agents session-calls=200 share=5", "ci share=10 priority=2", "people priority=9"])
        #expect(
            lanes.all == [
                LanePolicy(name: "people", priority: 9, share: 60),
                LanePolicy(name: "scripts", priority: 2, share: 25),
                LanePolicy(name: "agents", priority: 1, share: 5, callsPerSession: 200),
                LanePolicy(name: "ci", priority: 2, share: 10),
            ]
        )
    }

    @Test(arguments: [
        ("", "A lane is NAME share=PERCENT priority=NUMBER session-calls=NUMBER. Not: "),
        ("share=5", "A lane is NAME share=PERCENT priority=NUMBER session-calls=NUMBER. Not: share=5"),
        ("agents share=101", #"The lane "agents": "share" must be a whole number from 0 to 100."#),
        ("agents share", #"The lane "agents": "share" must be a whole number from 0 to 100."#),
        ("agents session-calls=0", #"The lane "agents": "session-calls" must be a whole number from 1."#),
        ("agents shares=5", #"The lane "agents" has no "shares". Did you mean "share"?"#),
        ("agents share=50", "The lanes have shares of 135 % together; at most 100 % can be shared out."),
        ("background share=1", #"A lane cannot be called "background"."#),
    ])
    func mistakesAreReported(text: String, message: String) {
        let error = #expect(throws: BudgetLanes.Invalid.self) { try BudgetLanes([text]) }
        #expect(error?.message == message)
    }

    @Test func aClientsLaneIsThatOfAllItsProtocols() {
        let lanes = BudgetLanes()
        var caller = Caller()
        caller.group = .agents
        #expect(lanes.policy(of: caller).lane.name == "agents")
        caller.client = GatewayClient(name: "a", lane: lanes["scripts"])
        #expect(lanes.policy(of: caller).lane.name == "scripts")
        caller.client = GatewayClient(name: "b")
        #expect(lanes.policy(of: caller).lane.name == "agents")
    }
}
