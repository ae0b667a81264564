import Testing

@testable import Upstream

/// For how long it is believed that a list ends behind a full page.
@Suite struct PagingKnowledgeTests {
    private static let list = UpstreamKnowledge.CollectionKey(workspace: 0, scope: .workspace, path: "/books")

    @Test(
        arguments: [
            (0, 30, 7, 100), (30, 30, 7, 100), (31, 30, 7, nil), (0, 0, 7, nil), (1, 0, 7, nil), (60, 600, 7, 100),
            (61, 600, 7, nil), (0, 30, 8, nil),
        ] as [(seconds: Int, maxAge: Int, epoch: UInt64, total: Int?)]
    )
    func theEndIsKnownWhileResponsesAreFreshAndNothingIsWritten(
        example: (seconds: Int, maxAge: Int, epoch: UInt64, total: Int?)
    ) {
        let knowledge = PagingKnowledge()
        let start = ContinuousClock.now
        knowledge.learn(total: 100, of: Self.list, at: start, epoch: 7)
        let total = knowledge.recentTotal(
            of: Self.list,
            at: start + .seconds(example.seconds),
            maxAge: .seconds(example.maxAge),
            epoch: example.epoch
        )
        #expect(total == example.total)
    }

    /// Two requests that began at the same time have each read another list of the route.
    @Test func whatOneRequestLearnsIsNotForgottenBecauseOfAnother() {
        let knowledge = PagingKnowledge()
        let now = ContinuousClock.now
        var first = PagingHabits()
        (first.count, first.shortPage, first.countsHiddenRows) = (.wrong, .anywhere, true)
        knowledge.learn(first, workspace: 0, path: "/books", at: now)
        var second = PagingHabits()
        (second.count, second.shortPage, second.pageSize) = (.provenTotal, .last(upTo: 3), 100)
        knowledge.learn(second, workspace: 0, path: "/books?shelf=s", at: now)
        first.pageSize = 100
        #expect(knowledge.habits(workspace: 0, path: "/books", at: now) == first)
        let later = knowledge.habits(workspace: 0, path: "/books", at: now + .seconds(601))
        #expect(later.count != .wrong)
        #expect(later.shortPage != .anywhere)
    }
}
