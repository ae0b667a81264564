private import Synchronization

/// Gathers what was executed for one HTTP request, for the line that an access log has of it.
package final class ExchangeNotes: Sendable {
    private let records = Mutex<[RequestRecord]>([])

    package init() {}

    /// Notes an operation or a method call that has its response.
    package func add(_ record: RequestRecord) { records.withLock { $0.append(record) } }

    /// All that was executed so far.
    package var all: [RequestRecord] { records.withLock { $0 } }
}
