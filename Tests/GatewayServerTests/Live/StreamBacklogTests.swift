import Testing

@testable import Gateway
@testable import GatewayServer

/// What waits for a client that does not read.
@Suite struct StreamBacklogTests {
    private func result(_ text: String) -> StreamedResult {
        StreamedResult(body: Array(text.utf8), byteCount: text.utf8.count, errorCodes: [])
    }

    /// What is in a backlog, as texts.
    private func taken(from backlog: StreamBacklog) -> [String] {
        var (backlog, texts) = (backlog, [String]())
        while let event = backlog.takeFirst() {
            switch event {
            case .result(let result): texts.append(String(decoding: result.body, as: UTF8.self))
            case .failure(let result): texts.append("failure \(String(decoding: result.body, as: UTF8.self))")
            case .end(let end): texts.append("end \(end)")
            }
        }
        return texts
    }

    @Test func fullBacklogEndsWithTheDropReason() {
        var backlog = StreamBacklog()
        for number in 0..<300 { backlog.add(.result(result("\(number)")), orDropFor: result("too slow")) }
        backlog.add(.end(.draining), orDropFor: result("too slow"))
        #expect(taken(from: backlog) == (0..<256).map { "\($0)" } + ["failure too slow"])
    }

    @Test func theEndWaitsForTheResultsBeforeIt() {
        var backlog = StreamBacklog()
        #expect(backlog.isEmpty)
        backlog.add(.result(result("a")), orDropFor: result("too slow"))
        backlog.add(.end(.draining), orDropFor: result("too slow"))
        backlog.add(.result(result("b")), orDropFor: result("too slow"))
        #expect(!backlog.isEmpty)
        #expect(taken(from: backlog) == ["a", "end draining"])
    }
}
