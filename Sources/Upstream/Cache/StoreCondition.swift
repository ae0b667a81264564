/// Under which condition a response is stored.
package enum StoreCondition: Sendable {
    /// Whatever is stored for the key.
    case always
    /// Unless what is stored is as new. It shows nothing that could not be seen before, so that it is no change.
    case newer
    /// If the stored response is of this generation. It shows nothing that could not be seen before, so that it is no change.
    case unchanged(generation: UInt64)

    /// Whether a response is stored where another one may be.
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
