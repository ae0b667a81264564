private import Synchronization

/// When pages were fetched, as far as that is known: pages of one reading are of the same time, those of others may not be.
final class FetchedPages: Sendable {
    /// A reading of a field; later ones are greater.
    typealias Reading = UInt64

    private static let lastReading = Atomic<Reading>(0)

    /// The reading of pages that are fetched for this field.
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

    /// When a page was fetched last: later ones have greater numbers; nil: by no call of this field.
    func time(of call: Call) -> Int? { times.withLock { $0.ofCalls[call] } }

    /// Notes a page that is fetched now.
    func insert(_ call: Call) {
        times.withLock { times in
            times.last += 1
            times.ofCalls[call] = times.last
        }
    }

    /// What the pages of a list have shown that were read again for this field.
    ///
    /// - Parameter list: the list, without a page.
    /// - Returns: what they showed before.
    func earlierReadings(of list: Call) -> EarlierReadings {
        histories.withLock { $0[list] ?? EarlierReadings() }
    }

    /// The numbers of rows that pages of a list have stated, in the order in which calls of this field fetched them.
    ///
    /// - Parameter list: the list, without a page.
    /// - Returns: those of pages that are not needed any more, too: a row that came or went shows in them as well.
    func counts(of list: Call) -> [CountTimeline.Reading] { counts.withLock { $0[list] ?? [] } }

    /// Notes the number of rows that a page has stated which was fetched now.
    func note(_ count: CountTimeline.Reading, of list: Call) {
        counts.withLock { $0[list, default: []].append(count) }
    }

    /// Takes what the pages of a list have shown that are read again.
    func note(_ earlier: EarlierReadings, of list: Call) {
        histories.withLock { $0[list] = earlier }
    }
}
