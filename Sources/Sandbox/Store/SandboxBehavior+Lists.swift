extension SandboxBehavior {
    /// The number of rows in the page that `emptyPage` counts.
    private static let pageSize = 100

    /// Whether no list shows the row at a 0-based position of its order.
    func hidesPosition(_ position: Int) -> Bool {
        position / Self.pageSize + 1 == emptyPage
    }

    /// The `count` of a list; nil for none.
    func statedCount(total: Int, shown: Int, page: Int) -> Int? {
        switch count {
        case .total: max(0, total + countOffset + (page.isMultiple(of: 2) ? -countDrift : countDrift))
        case .page: shown
        case .missing: nil
        }
    }

    /// Whether a hidden row has this id.
    func hides(id: String) -> Bool {
        hideEvery > 0 && Self.hash(id) % UInt64(hideEvery) == 0
    }

    /// Whether a name or title ends in half a surrogate pair.
    func breaksName(ofID id: String) -> Bool {
        loneSurrogates && Self.hash(id) % 3 == 1
    }

    /// The spelling of an id that the sandbox stores.
    func stored(id: String) -> String {
        idSpelling == .exact ? id : id.lowercased().replacing("-", with: "_")
    }

    private static func hash(_ id: String) -> UInt64 {
        var hash = FNV1a()
        hash.add(id.utf8)
        return SplitMix64.mix(hash.value)
    }
}
