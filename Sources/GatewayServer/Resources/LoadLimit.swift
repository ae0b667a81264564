/// The limit of requests that wait at a time, across all connections.
struct LoadLimit: Sendable {
    /// The most requests that wait.
    let maximum: Int
    /// The count of waiting requests.
    let inFlight: RequestsInFlight

    /// Whether so many requests wait that the next ones may be refused.
    var isNearlyReached: Bool { inFlight.current >= maximum / 2 }

    /// The count of one waiting request, which ends when the object is released.
    final class Place: Sendable {
        private let inFlight: RequestsInFlight

        fileprivate init(_ inFlight: RequestsInFlight) {
            self.inFlight = inFlight
        }

        deinit { inFlight.remove() }
    }

    /// Counts a request as waiting; nil: the limit is reached.
    func place() -> Place? {
        guard inFlight.add() <= maximum else {
            inFlight.remove()
            return nil
        }
        return Place(inFlight)
    }

    /// The object for a request that is already counted.
    func placeOfCounted() -> Place { Place(inFlight) }
}
