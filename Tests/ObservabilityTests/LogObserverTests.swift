import Gateway
import Logging
import Synchronization
import Testing
import Upstream

@testable import Observability

/// The lines that operators read.
@Suite struct LogObserverTests {
    /// Writes down what is logged.
    private struct Recorder: LogHandler {
        final class Lines: Sendable {
            let all = Mutex<[String]>([])
        }

        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            lines.all.withLock { $0.append((["\(event.level): \(event.message)"] + fields).joined(separator: " ")) }
        }
    }

    private func lines(_ level: Logger.Level = .info, _ body: (LogObserver) -> Void) -> [String] {
        let lines = Recorder.Lines()
        let logger = Logger(label: "test") { _ in Recorder(lines: lines, logLevel: level) }
        body(LogObserver(logger))
        return lines.all.withLock { $0 }
    }

    private let id = RequestID(clientSupplied: "r1")

    @Test func aPathWhoseResponsesAreTooLargeToBeCachedIsLoggedOnce() {
        let lines = lines { observer in
            for path in ["/a", "/a", "/b"] {
                observer.responseNotCached(
                    OversizedResponse(workspace: "main", path: path, bytes: 2, maximumBytes: 1)
                )
            }
        }
        let message = "warning: A response is too large to be cached: each request for it makes a call;"
        #expect(
            lines
                == ["/a", "/b"].map {
                    "\(message) set --cache-megabytes higher. bytes=2 maximumBytes=1 path=\($0) workspace=main"
                }
        )
    }

    private func call(_ outcome: UpstreamCallRecord.Outcome) -> UpstreamCallRecord {
        UpstreamCallRecord(
            requestID: id,
            workspace: "main",
            method: "GET",
            path: "/things/a b?key=secret",
            priority: .interactive,
            startedAt: .now,
            duration: .milliseconds(1500),
            outcome: outcome
        )
    }

    private func request(_ codes: [String]) -> RequestRecord {
        var outcome = RequestOutcome()
        outcome.errorCodes = codes
        outcome.name = "Q\n"
        outcome.kind = "query"
        return RequestRecord(
            id: id,
            interface: .graphQL,
            outcome: outcome,
            startedAt: .now,
            duration: .milliseconds(3),
            responseBytes: 7
        )
    }

    @Test func anInternalErrorIsLoggedWithItsReason() {
        #expect(
            lines {
                $0.requestCompleted(request([]))
                $0.requestCompleted(request(["BAD_USER_INPUT"]))
                $0.requestCompleted(request(["INTERNAL"]))
            } == [
                "error: Internal error: a result is missing. calls=0 errors=INTERNAL interface=graphql milliseconds=3 "
                    + "operation=Q? request=r1"
            ]
        )
    }

    @Test func upstreamCallsThatFailAreLoggedWithoutTheirQuery() {
        let error = TransportError(
            .couldNotConnect,
            "http://a.internal cannot be reached.",
            requestMayHaveBeenSent: false
        )
        #expect(
            lines {
                $0.upstreamCallCompleted(call(.response(status: 200, bytes: 2)))
                $0.upstreamCallCompleted(call(.response(status: 404, bytes: 2)))
                $0.upstreamCallCompleted(call(.response(status: 503, bytes: 2)))
                $0.upstreamCallCompleted(call(.failure(error)))
            } == [
                "warning: Upstream call failed: The upstream responded with status 503. method=GET milliseconds=1500 "
                    + "path=/things/a?b request=r1 workspace=main",
                "warning: Upstream call failed: http://a.internal cannot be reached. method=GET milliseconds=1500 "
                    + "path=/things/a?b request=r1 workspace=main",
            ]
        )
    }

    @Test func healthIsLogged() {
        #expect(
            lines {
                $0.workspaceHealthChanged(HealthRecord(workspace: "main", subject: .workspace, pause: .seconds(2)))
                $0.workspaceHealthChanged(HealthRecord(workspace: "main", subject: .route(path: "/a?b"), pause: nil))
                $0.workspaceHealthChanged(HealthRecord(workspace: "main", subject: .path("/a"), pause: nil))
            } == [
                "warning: The workspace is not called for a while, after repeated failures. seconds=2 workspace=main",
                "notice: A route works again. path=/a workspace=main",
                "notice: A path works again. path=/a workspace=main",
            ]
        )
    }

    @Test func exhaustedBudgetsAreLogged() {
        #expect(
            lines {
                for cause in [BudgetRecord.Cause.noneInTime, .refusedByUpstream] {
                    $0.budgetExhausted(
                        BudgetRecord(requestID: id, workspace: "main", kind: .write, cause: cause, retryAfter: 9)
                    )
                }
            } == [
                "warning: The rate limit leaves no call in the time that the request has. kind=write request=r1 "
                    + "retryAfter=9 workspace=main",
                "warning: The upstream refused a call for its rate (status 429). kind=write request=r1 retryAfter=9 "
                    + "workspace=main",
            ]
        )
    }

    @Test func changesOfTheConfigurationAreLogged() {
        #expect(
            lines {
                $0.configurationChanged(.keyReplaced(path: "/run/key"))
                $0.configurationChanged(.keyUnusable(path: "/run/key", reason: "it cannot be read"))
                $0.configurationChanged(.reloaded(files: 2, replaced: 1, unusable: 0))
                $0.configurationChanged(.refused)
            } == [
                "notice: The file has another key, which is in use from now on. file=/run/key",
                "warning: The key file has no key that can be used, so the previous key stays in use: it cannot be read. file=/run/key",
                "notice: SIGHUP: the configuration was read again. keyFiles=2 keysReplaced=1 keysUnusable=0",
                "error: SIGHUP: the configuration stays as it was.",
            ]
        )
    }

    @Test func nothingThatIsLoggedHasAKey() {
        let refusal = CredentialRefusal(requestID: id, workspace: "main", credential: Credential(key: "secret"))
        let all = lines(.trace) {
            $0.credentialRefused(refusal)
            $0.upstreamCallCompleted(call(.response(status: 200, bytes: 2)))
            $0.requestCompleted(request([]))
        }
        #expect(all.count == 3)
        #expect(!all.joined().contains("secret"))
    }
}
