internal import GraphQL
internal import JSON

/// The last writes of each type: what they changed, for lists that were fetched before them.
struct RecentChanges: Sendable {
    /// A write that has ended.
    struct Record: Sendable {
        let epoch: InvalidationLog.Epoch
        let change: ObjectChange
        /// Who may see the write's response; nil: nobody else.
        let scope: CacheScope?
    }

    /// As many writes of a type are remembered; lists from before that are fetched anew.
    static let capacity = 64

    private var records: [TypeID: [Record]] = [:]
    /// The last write of each type that is no longer remembered.
    private var forgotten: [TypeID: InvalidationLog.Epoch] = [:]

    /// Adds a write that has just ended.
    mutating func add(_ record: Record) {
        let type = record.change.type
        var known = records.removeValue(forKey: type) ?? []
        if known.count == Self.capacity { forgotten[type] = known.removeFirst().epoch }
        known.append(record)
        records[type] = known
    }

    /// The writes of a type that ended after an epoch, in order; nil: not all of them are remembered.
    func records(of type: TypeID, since epoch: InvalidationLog.Epoch) -> [Record]? {
        guard epoch >= forgotten[type] ?? 0 else { return nil }
        return records[type]?.filter { $0.epoch > epoch } ?? []
    }
}

extension ObjectChange.Snapshot {
    /// Larger objects are not remembered.
    private static let maximumBytes = 16 << 10

    /// An object by itself, without the response that it was in; nil if it is too large.
    init?(copying node: Int, of json: JSONDocument) {
        guard json.rawBytes(of: node).count <= Self.maximumBytes else { return nil }
        self.init(json: JSONDocument(copying: node, of: json), node: 0)
    }
}
