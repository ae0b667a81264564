import Dispatch
import Synchronization
import Testing
import Upstream

@Suite struct CurlTransportLongContentTests {
    /// Counts the jobs that it runs.
    private final class CountingExecutor: TaskExecutor {
        private let queue = DispatchQueue(label: "long content")
        private let count = Atomic(0)

        var jobs: Int { count.load(ordering: .acquiring) }

        func enqueue(_ job: consuming ExecutorJob) {
            count.add(1, ordering: .releasing)
            let job = UnownedJob(job)
            queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }

    @Test(arguments: [1000, 256 << 10, (256 << 10) + 1, 1 << 20])
    func receivesLongContentOnItsExecutor(length: Int) async throws {
        let content = String(repeating: "x", count: length)
        let server = try SocketServer(answering: response(content))
        let executor = CountingExecutor()
        var configuration = CurlTransportConfiguration()
        configuration.executorForLongContent = executor
        try await withTransport(to: server, configuration) { transport in
            var jobs: Int?
            await transport.send([TransportRequest(url: server.url(), timeout: .seconds(120))]) { _, result in
                #expect(Outcome(result) == .response(200, content))
                jobs = executor.jobs
            }
            #expect(jobs.map { $0 > 0 } == (length > 256 << 10))
        }
    }
}
