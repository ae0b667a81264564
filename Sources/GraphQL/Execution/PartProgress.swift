/// How far the parts of a response are that come after the rest.
///
/// What comes first never waits for a field of a later part: the requests of these are held back until their part begins.
struct PartProgress: Sendable {
    private var hasBegun: [Bool]
    /// The requests of each part that has not begun.
    private var held: [[FieldRequest]]
    /// How many requests are ready or outstanding, of what comes first and of each part.
    private var open: [Int]

    init(_ count: Int) {
        hasBegun = Array(repeating: false, count: count)
        held = Array(repeating: [], count: count)
        open = Array(repeating: 0, count: count + 1)
    }

    /// Adds a request; false: it is held back.
    mutating func add(_ request: FieldRequest, at position: PartPosition) -> Bool {
        if let part = position.part, !hasBegun[part] {
            held[part].append(request)
            return false
        }
        open[position.tableIndex] += 1
        return true
    }

    /// Begins a part; gives its requests that were held back.
    mutating func begin(_ part: Int) -> [FieldRequest] {
        hasBegun[part] = true
        let requests = held[part]
        held[part] = []
        open[part + 1] += requests.count
        return requests
    }

    /// Notes that the values of a request have come.
    mutating func accept(_ position: PartPosition) {
        open[position.tableIndex] -= 1
    }

    /// Forgets what has not begun.
    mutating func stop() {
        held = held.map { _ in [] }
    }

    /// Whether nothing is ready or outstanding of what comes first.
    var isInitialComplete: Bool { open[0] == 0 }

    /// Whether a part has begun and nothing of it is ready or outstanding.
    func isComplete(_ part: Int) -> Bool { hasBegun[part] && open[part + 1] == 0 }
}
