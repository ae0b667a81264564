import Synchronization

@testable import Upstream

/// Writes down what it is notified of.
final class RecordingObserver: UpstreamObserver {
    private let state = Mutex<[String]>([])

    /// One line for each record.
    var lines: [String] { state.withLock { $0 } }

    /// The lines since the last time.
    func takeLines() -> [String] {
        state.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }

    private func note(_ line: String) { state.withLock { $0.append(line) } }

    func callCompleted(_ record: UpstreamCallRecord) {
        let outcome =
            switch record.outcome {
            case .response(let status, let bytes): "\(status) \(bytes)"
            case .failure(let error): "\(error.code)"
            }
        let id = record.requestID?.text ?? "none"
        note("call \(id) \(record.workspace) \(record.method) \(record.path) \(outcome) \(record.duration)")
    }

    func healthChanged(_ record: HealthRecord) {
        let subject =
            switch record.subject {
            case .workspace: "workspace"
            case .route(let path): "route of \(path)"
            case .path(let path): path
            }
        note("health \(record.workspace) \(subject) \(record.pause.map { "\($0)" } ?? "works")")
    }

    func budgetExhausted(_ record: BudgetRecord) {
        let id = record.requestID?.text ?? "none"
        note("budget \(id) \(record.workspace) \(record.kind) \(record.cause) \(record.retryAfter)")
    }

    func responseNotCached(_ record: OversizedResponse) {
        note("not cached \(record.workspace) \(record.path) \(record.bytes > record.maximumBytes)")
    }

    func credentialRefused(_ record: CredentialRefusal) {
        note(
            "refused \(record.requestID?.text ?? "none") \(record.workspace) \(record.credential == Credential(key: "k"))"
        )
    }
}
