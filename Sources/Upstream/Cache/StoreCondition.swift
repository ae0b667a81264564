/// The condition under which a response is stored.
package enum StoreCondition: Sendable {
    /// In any case.
    case always
    /// Unless the stored response is as new; such a response shows nothing new, so that it counts as no change.
    case newer
    /// If the stored response has this generation; such a response shows nothing new, so that it counts as no change.
    case unchanged(generation: UInt64)

    /// Whether a response is stored, given the one that is stored for its key.
    package func holds(for response: CachedResponse, over stored: @autoclosure () -> CachedResponse?) -> Bool {
        switch self {
        case .always: return true
        case .newer:
            guard let stored = stored() else { return true }
            return (stored.generatedAt, stored.startedAt) < (response.generatedAt, response.startedAt)
        case .unchanged(let generation): return stored()?.generation == generation
        }
    }
}
