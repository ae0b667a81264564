internal import JSON

/// The ids of the last events, to detect events that are delivered again.
struct RecentEventIDs: Sendable {
    private let capacity: Int
    private var ids: Set<ExactString> = []
    private var order: [ExactString] = []
    private var oldest = 0

    /// Makes an empty list of at most so many ids.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Adds an id; returns false if it is known.
    mutating func insert(_ id: String) -> Bool {
        let id = ExactString(id)
        guard ids.insert(id).inserted else { return false }
        if order.count < capacity {
            order.append(id)
        } else {
            ids.remove(order[oldest])
            order[oldest] = id
            oldest = (oldest + 1) % capacity
        }
        return true
    }
}
