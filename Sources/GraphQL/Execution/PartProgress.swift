/// The progress of the parts of a response in parts.
///
/// The initial response never waits for a field of a later part: requests of a part are held back until it begins.
struct PartProgress: Sendable {
    private var hasBegun: [Bool]
    /// The held-back requests of each part that has not begun.
    private var held: [[FieldRequest]]
    /// The number of requests that are ready or outstanding, of the initial response (index 0) and of each part (its index plus 1).
    private var open: [Int]

    init(_ count: Int) {
        hasBegun = Array(repeating: false, count: count)
        held = Array(repeating: [], count: count)
        open = Array(repeating: 0, count: count + 1)
    }

    /// Adds a request; returns false if it is held back.
    mutating func add(_ request: FieldRequest, at position: PartPosition) -> Bool {
        if let part = position.part, !hasBegun[part] {
            held[part].append(request)
            return false
        }
        open[position.tableIndex] += 1
        return true
    }

    /// Begins a part; returns its requests that were held back.
    mutating func begin(_ part: Int) -> [FieldRequest] {
        hasBegun[part] = true
        let requests = held[part]
        held[part] = []
        open[part + 1] += requests.count
        return requests
    }

    /// Notes that the values of a request have been accepted.
    mutating func accept(_ position: PartPosition) {
        open[position.tableIndex] -= 1
    }

    /// Drops the requests that are held back.
    mutating func stop() {
        held = held.map { _ in [] }
    }

    /// Whether no request of the initial response is ready or outstanding.
    var isInitialComplete: Bool { open[0] == 0 }

    /// Whether a part has begun and none of its requests is ready or outstanding.
    func isComplete(_ part: Int) -> Bool { hasBegun[part] && open[part + 1] == 0 }
}
