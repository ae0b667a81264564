/// The requests that wait until fewer exchanges with their upstream are in progress, first in, first out.
struct WaitQueue {
    // Elements before the head have been taken; they are nil, so that their memory is released.
    private var elements: [CurlExchange.Assignment?] = []
    private var head = 0

    /// Whether no request waits.
    var isEmpty: Bool { head == elements.count }

    /// The earliest deadline of the requests; the distant future if none waits.
    var earliestDeadline: MonotonicTime {
        elements.lazy.compactMap { $0?.deadline }.min() ?? .distantFuture
    }

    /// Adds a request at the end.
    mutating func append(_ assignment: CurlExchange.Assignment) {
        elements.append(assignment)
    }

    /// Takes the request that has waited for the longest time.
    mutating func popFirst() -> CurlExchange.Assignment? {
        guard !isEmpty else { return nil }
        let first = elements[head]
        elements[head] = nil
        head += 1
        // Moving half of the elements or more is rare enough to cost nothing.
        if head * 2 >= elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return first
    }

    /// Removes and returns all requests that meet a condition, in their order.
    mutating func removeAll(where isConcerned: (CurlExchange.Assignment) -> Bool) -> [CurlExchange.Assignment] {
        let waiting = elements.compactMap { $0 }
        elements = waiting.filter { !isConcerned($0) }
        head = 0
        return waiting.filter(isConcerned)
    }
}
