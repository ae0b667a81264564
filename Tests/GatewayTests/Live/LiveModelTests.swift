import Testing

/// Random reads, writes, webhooks, polls, faults and reconnects.
///
/// Never is a response older than declared; a caller never loses sight
/// of its own write; a subscriber misses no change, sees at most one event for each state, and nothing that its key may not see.
@Suite(.timeLimit(.minutes(15))) struct LiveModelTests {
    private static let scenarios: [LiveModel.Scenario] = [
        LiveModel.Scenario(seed: 1, hasWebhooks: false), LiveModel.Scenario(seed: 2, hasWebhooks: true),
        LiveModel.Scenario(seed: 3, hasWebhooks: true, hasFaults: true),
        LiveModel.Scenario(seed: 4, hasWebhooks: false, sorts: false),
        LiveModel.Scenario(seed: 5, hasWebhooks: false, hasFaults: true),
    ]

    @Test(arguments: scenarios)
    func liveResultsAgreeWithTheModel(scenario: LiveModel.Scenario) async throws {
        var model = try LiveModel(scenario)
        try await model.run(steps: 2000)
    }
}
