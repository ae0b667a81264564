internal import GraphQL
internal import JSON

extension CollectionExtent {
    /// How many rows there are by the best that is known, also where counts of the collection have been wrong; nil: unknown.
    ///
    /// Then it is how many rows there were a short while ago, else the count, unless the collection's own pages contradict
    /// it: no call would show whether it is right but one for each page.
    var likelyTotal: Int? {
        if let total { return total }
        guard countMeaning == .wrong, let last = lastFound else { return nil }
        let least = max(certainlyReached(last), (last.number - 1) * leastPageSize + 1)
        return [recentTotal, latestCount].lazy.compactMap { $0 }.first { number in
            guard number >= least else { return false }
            if isEnded { return number <= last.number * pageSize }
            // A number of rows that end with a full page may be that of the page, or of all up to it.
            return last.found < pageSize || number > last.number * pageSize
        }
    }

    /// Whether another page most likely shows how many rows there are, where neither pages nor counts have done so.
    var isTotalWorthAPage: Bool {
        guard likelyTotal == nil, let last = lastFound, page(last.number + 1) == nil,
            continuation(after: last.number) == .unknown
        else { return false }
        if isProbableEnd(last.number) { return true }
        guard let latestCount else { return false }
        switch countMeaning {
        case .unknown: return true
        case .wrong: return last.found < pageSize || latestCount == reached(last)
        case .page, .total, .provenTotal: return false
        }
    }
}

extension FieldFailure {
    /// Why nobody knows how many rows there are, although the upstream counts them; nil: it does not.
    static func unknownTotal(_ extent: CollectionExtent) -> FieldFailure? {
        if let contradiction = extent.contradiction { return .contradiction(contradiction) }
        guard extent.countMeaning == .wrong, let count = extent.latestCount else { return nil }
        return FieldFailure(
            .upstreamInvalidResponse,
            "The upstream counts \(count) rows of the collection, which has been wrong: how many there are is unknown.",
            more: ["count": .integer(count)]
        )
    }
}
