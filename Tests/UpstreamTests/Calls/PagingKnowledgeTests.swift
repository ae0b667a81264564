import Testing

@testable import Upstream

/// For how long it is believed that a list ends behind a full page.
@Suite struct PagingKnowledgeTests {
    private static let list = UpstreamKnowledge.CollectionKey(workspace: 0, scope: .workspace, path: "/books")

    @Test(
        arguments: [
            (0, 30, 7, 100), (30, 30, 7, 100), (31, 30, 7, nil), (0, 0, 7, 100), (1, 0, 7, nil), (60, 600, 7, 100),
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
}
