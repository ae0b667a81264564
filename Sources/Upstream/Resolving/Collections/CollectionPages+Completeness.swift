internal import GraphQL
internal import JSON

extension CollectionPages {
    /// How the count of the pages that were read contradicts their rows.
    var contradiction: CollectionExtent.Contradiction? { isPaged ? extent.contradiction : nil }

    /// Whether all pages were read, but rows moved between them, so that some were not seen.
    ///
    /// Then a row stands on two pages, or the pages count differently, and fewer rows differ than there are.
    func lacksRows(entity: Entity?) -> Bool {
        guard let entity, isPaged, extent.isComplete, let count = extent.statedTotal else { return false }
        let (all, distinct) = numbers(of: entity)
        return distinct < count && (distinct < all || !extent.countsAgree)
    }

    /// Whether the pages that were read hold every row of the collection, each as of the same time, as far as can be known.
    ///
    /// - Parameters:
    ///   - entity: whose key identifies rows.
    ///   - wantsTotal: whether rows are counted too that the upstream counts but shows on no page.
    /// - Returns: false also where rows moved while they were read.
    func holdEveryRow(entity: Entity?, wantsTotal: Bool) -> Bool {
        guard isPaged else { return true }
        guard isComplete, extent.countsAgree else { return false }
        guard let entity else { return extent.contradiction == nil }
        let (all, distinct) = numbers(of: entity)
        guard distinct == all else { return distinct >= extent.statedTotal ?? .max }
        guard wantsTotal, let count = extent.statedTotal else { return true }
        return distinct >= count
    }

    /// Whether all pages from the first to the last have been read.
    private var isComplete: Bool {
        guard let last = extent.lastFound else { return extent.isEnded }
        return isEnd(after: last.number) && extent.sum(through: last.number) != nil
    }

    /// How many rows were read, and how many of them differ.
    private func numbers(of entity: Entity) -> (all: Int, distinct: Int) {
        var keys: Set<OpaqueText> = []
        var all = 0
        var unnamed = 0
        for page in readPages {
            for row in rows(of: page) ?? [] {
                all += 1
                if let key = entity.key(of: row.node, in: row.document) {
                    keys.insert(OpaqueText(key))
                } else {
                    unnamed += 1
                }
            }
        }
        return (all, keys.count + unnamed)
    }
}

extension CollectionExtent {
    /// Whether all pages state the same number of rows.
    var countsAgree: Bool {
        guard countMeaning.isTotal else { return true }
        let counts = pages.compactMap(\.count)
        return counts.dropFirst().allSatisfy { $0 == counts[0] }
    }
}

extension FieldFailure {
    /// Rows moved while they were read, and again when they were read anew.
    static let rowsMoved = FieldFailure(
        .upstreamInvalidResponse,
        "Rows moved between pages while the collection was read, so that some may be missing."
    )

    /// Rows and count of a collection do not agree.
    static func contradiction(_ contradiction: CollectionExtent.Contradiction) -> FieldFailure {
        switch contradiction {
        case .countTooHigh(let count, let found), .countTooLow(let count, let found):
            FieldFailure(
                .upstreamInvalidResponse,
                "The upstream counts \(count) rows of the collection, but its pages have \(found).",
                more: ["count": .integer(count), "found": .integer(found)]
            )
        }
    }

    /// A row is something else than an object.
    static func notAnObject(_ position: RowPosition) -> FieldFailure {
        FieldFailure(
            .upstreamInvalidResponse,
            "Row \(position.index + 1) of page \(position.page) is not an object, and is left out."
        )
    }
}
