/// How many requests may wait for something at a time, whatever connection they came by.
struct LoadLimit: Sendable {
    /// The most requests that wait.
    let maximum: Int
    /// Counts them.
    let inFlight: RequestsInFlight

    /// Whether so many requests wait that the next ones may be refused.
    var isNearlyReached: Bool { inFlight.current >= maximum / 2 }

    /// A request's place among those that wait, until nobody has it any more.
    final class Place: Sendable {
        private let inFlight: RequestsInFlight

        fileprivate init(_ inFlight: RequestsInFlight) {
            self.inFlight = inFlight
        }

        deinit { inFlight.remove() }
    }

    /// Takes a place; nil: there is none.
    func place() -> Place? {
        guard inFlight.add() <= maximum else {
            inFlight.remove()
            return nil
        }
        return Place(inFlight)
    }

    /// The place of a request that has been counted already.
    func placeOfCounted() -> Place { Place(inFlight) }
}
