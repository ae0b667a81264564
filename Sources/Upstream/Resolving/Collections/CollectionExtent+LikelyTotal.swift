internal import GraphQL
internal import JSON

extension CollectionExtent {
    /// The most likely number of rows, even where counts of the collection have been wrong; nil: unknown.
    ///
    /// If counts have been wrong, this is the number of rows a short while ago, or else the count, unless the collection's own pages
    /// contradict it: only a call for each page could show whether it is right.
    var likelyTotal: Int? {
        if let total { return total }
        guard countMeaning == .wrong, let last = lastFound else { return nil }
        let least = max(certainlyReached(last), (last.number - 1) * leastPageSize + 1)
        return [recentTotal, latestCount].lazy.compactMap { $0 }.first { number in
            guard number >= least else { return false }
            if isEnded { return number <= last.number * pageSize }
            // If a full page is the last one read, a count may be that of the page, or of all rows up to it.
            return last.found < pageSize || number > last.number * pageSize
        }
    }

    /// Whether the next page most likely shows the number of rows, where neither pages nor counts have shown it.
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
    /// The failure of a count that the upstream states but that has been wrong; nil: the upstream does not count rows.
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
