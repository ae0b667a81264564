internal import GraphQL
internal import JSON

/// The last changes of each type, by which lists that were fetched before them can be corrected.
struct RecentChanges: Sendable {
    /// A write that has ended.
    struct Record: Sendable {
        let epoch: InvalidationLog.Epoch
        let change: ObjectChange
        /// The credentials that may see the write's response; nil: no other request may.
        let scope: CacheScope?
    }

    /// The number of changes that are remembered per type; lists from before them are fetched again.
    static let capacity = 64

    private var records: [TypeID: [Record]] = [:]
    /// The epoch of the last change of each type that is not remembered any more.
    private var forgotten: [TypeID: InvalidationLog.Epoch] = [:]

    /// Adds a write that has just ended.
    mutating func add(_ record: Record) {
        let type = record.change.type
        var known = records.removeValue(forKey: type) ?? []
        if known.count == Self.capacity { forgotten[type] = known.removeFirst().epoch }
        known.append(record)
        records[type] = known
    }

    /// The changes of a type after an epoch, in order; nil: not all of them are remembered.
    func records(of type: TypeID, since epoch: InvalidationLog.Epoch) -> [Record]? {
        guard epoch >= forgotten[type] ?? 0 else { return nil }
        return records[type]?.filter { $0.epoch > epoch } ?? []
    }
}

extension ObjectChange.Snapshot {
    /// The most bytes of JSON text of an object that is remembered.
    private static let maximumBytes = 16 << 10

    /// Copies an object out of its response; nil if it is too large.
    init?(copying node: Int, of json: JSONDocument) {
        guard json.rawBytes(of: node).count <= Self.maximumBytes else { return nil }
        self.init(json: JSONDocument(copying: node, of: json), node: 0)
    }
}
