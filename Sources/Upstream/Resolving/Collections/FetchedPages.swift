private import Synchronization

/// The logical times at which pages were fetched: pages of one reading reflect one time, those of different readings may not.
final class FetchedPages: Sendable {
    /// The number of a reading of a field; later readings have greater numbers.
    typealias Reading = UInt64

    private static let lastReading = Atomic<Reading>(0)

    /// The reading that fetches pages for this field.
    let reading: Reading
    private let times = Mutex(Times())
    private let histories = Mutex<[Call: EarlierReadings]>([:])
    private let counts = Mutex<[Call: [CountTimeline.Reading]]>([:])

    private struct Times {
        var last = 0
        var ofCalls: [Call: Int] = [:]
    }

    init() {
        reading = Self.lastReading.add(1, ordering: .relaxed).newValue
    }

    /// Whether a page was fetched by a call of this field.
    func contains(_ call: Call) -> Bool { time(of: call) != nil }

    /// The logical time at which a page was last fetched, greater for later ones; nil: no call of this field fetched it.
    func time(of call: Call) -> Int? { times.withLock { $0.ofCalls[call] } }

    /// Records a page that is fetched now.
    func insert(_ call: Call) {
        times.withLock { times in
            times.last += 1
            times.ofCalls[call] = times.last
        }
    }

    /// The earlier readings of the pages of a list that were read again for this field.
    ///
    /// - Parameter list: the list, without a page.
    /// - Returns: the earlier readings.
    func earlierReadings(of list: Call) -> EarlierReadings {
        histories.withLock { $0[list] ?? EarlierReadings() }
    }

    /// The counts that pages of a list have stated, in the order in which calls of this field fetched them.
    ///
    /// - Parameter list: the list, without a page.
    /// - Returns: the counts, including those of pages that are not needed any more, because they too show rows that came or went.
    func counts(of list: Call) -> [CountTimeline.Reading] { counts.withLock { $0[list] ?? [] } }

    /// Records the count of a page that was fetched now.
    func note(_ count: CountTimeline.Reading, of list: Call) {
        counts.withLock { $0[list, default: []].append(count) }
    }

    /// Stores the earlier readings of the pages of a list.
    func note(_ earlier: EarlierReadings, of list: Call) {
        histories.withLock { $0[list] = earlier }
    }
}
