private import Synchronization

/// Collects the operations that were executed for one HTTP request, for its access log line.
package final class ExchangeNotes: Sendable {
    private let records = Mutex<[RequestRecord]>([])

    package init() {}

    /// Adds an operation or a method call that has its response.
    package func add(_ record: RequestRecord) { records.withLock { $0.append(record) } }

    /// The operations so far.
    package var all: [RequestRecord] { records.withLock { $0 } }
}
