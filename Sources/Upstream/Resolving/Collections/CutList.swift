internal import GraphQL
internal import JSON

/// The response of a list that was cut from a whole one, as if it had been fetched.
///
/// It is cached under its own path: a write that invalidates the whole list need not concern it.
struct CutList {
    let document: SourceDocument
    /// The hashes of the keys of its objects.
    let keyHashes: [UInt32]

    /// Makes the response.
    ///
    /// - Parameters:
    ///   - rows: all rows of the list.
    ///   - entity: their type, if it is an entity.
    ///   - reader: the reader with the upstream's conventions.
    ///   - workspace: the index of the rows' workspace.
    init?(_ rows: [CollectionPages.Row], of entity: Entity?, reader: ResponseReader, workspace: Int) {
        // Without a count, a page could be cut or capped.
        guard let items = reader.conventions.items, let total = reader.conventions.total else { return nil }
        var builder = JSONDocumentBuilder(minimumCapacity: 512 * (rows.count + 1))
        builder.beginObject()
        builder.key(items.name)
        builder.beginArray()
        for row in rows { builder.copy(row.node, of: row.document.json) }
        builder.endArray()
        builder.key(total.name)
        builder.integer(rows.count)
        builder.endObject()
        document = SourceDocument(builder.finish(), origin: workspace)
        keyHashes = rows.compactMap { row in
            entity?.key(of: row.node, in: row.document).map { AbsenceLog.hash(ofKey: $0) }
        }
    }
}

extension CollectionPages {
    /// The age and the epoch of rows.
    struct Origin {
        let generatedAt: ContinuousClock.Instant
        let startedAt: InvalidationLog.Epoch
    }

    /// The age and the epoch of the oldest page read; nil if a page is not cached any more, or counts do not count all rows.
    var origin: Origin? {
        guard isPaged, extent.countMeaning.isTotal else { return nil }
        var origin: Origin?
        for page in readPages {
            guard let cached = cachedResponse(of: page) else { return nil }
            origin = Origin(
                generatedAt: min(origin?.generatedAt ?? cached.generatedAt, cached.generatedAt),
                startedAt: min(origin?.startedAt ?? cached.startedAt, cached.startedAt)
            )
        }
        return origin
    }
}
