internal import JSON

/// The rows of one collection of one workspace, with a cache of the orders and pages requested since the last write.
struct Table: Sendable {
    // A scan of endless filters must not fill the memory.
    private static let maximumSlots = 2_000_000
    private static let maximumPageBytes = 16 << 20

    // The weight of a cache entry in addition to its content.
    private static let entryWeight = 64

    /// The collection.
    let resource: Resource

    /// All rows ever, those in Trash included.
    private(set) var rows: [Row] = []

    /// The time of the last write.
    ///
    /// Every write moves it on by at least a second.
    private(set) var lastModified = UnixTime(SeedData.epoch)

    private let encoder: RowEncoder
    private var slots: [String: Int] = [:]
    private var orders = BoundedCache<RowSelection, [Int]>(maximumWeight: maximumSlots)
    private var pages = BoundedCache<ListQuery, ListPage>(maximumWeight: maximumPageBytes)
    private var writes = 0
    private var listsMade = 0

    private var behavior: SandboxBehavior { encoder.behavior }

    /// Makes a table of seeded objects.
    init(_ resource: Resource, encoder: RowEncoder, objects: [JSONObject]) {
        self.resource = resource
        self.encoder = encoder
        rows.reserveCapacity(objects.count)
        slots.reserveCapacity(objects.count)
        for object in objects {
            insert(object)
        }
    }

    /// Finds a row by id, in Trash or not.
    ///
    /// O(1).
    func row(_ id: String) -> Row? {
        slots[id].map { rows[$0] }
    }

    /// Adds a row; nil if the object has no id.
    @discardableResult
    mutating func insert(_ members: JSONObject) -> Row? {
        guard let row = encoder.row(members, of: resource, revision: nextRevision()) else { return nil }
        slots[row.id] = rows.count
        rows.append(row)
        return row
    }

    /// Replaces members of a row.
    ///
    /// Custom fields that are not named keep their values.
    mutating func update(_ id: String, with changes: JSONObject) -> Row? {
        guard let slot = slots[id] else { return nil }
        var members = rows[slot].members
        for (key, value) in changes {
            if case .object(let fields) = value, key == "custom_fields" {
                members[key] = .object(merged(members[key], fields))
            } else {
                members[key] = value
            }
        }
        return replace(slot, members, trashedAt: rows[slot].trashedAt)
    }

    /// Moves a row to Trash, so that lists no longer show it.
    mutating func trash(_ id: String, at time: UnixTime) -> Row? {
        guard let slot = slots[id] else { return nil }
        return replace(slot, rows[slot].members, trashedAt: time)
    }

    /// A time for the next write: `now`, but later than that of every other write.
    mutating func stamp(_ now: UnixTime) -> UnixTime {
        lastModified = max(UnixTime(seconds: now.seconds), UnixTime(seconds: lastModified.seconds + 1))
        return lastModified
    }

    /// Returns the 0-based indices in `rows` of the rows that a list shows, in order.
    ///
    /// Cached until the next write.
    mutating func order(of selection: RowSelection) -> [Int] {
        if let known = orders.value(for: selection) { return known }
        var keys: [(slot: Int, key: SortKey, revision: Int)] = []
        for (slot, row) in rows.enumerated() where row.trashedAt == nil || behavior.trashedRows == .listed {
            guard selection.filters.allSatisfy({ $0.accepts(row, of: resource) }) else { continue }
            keys.append((slot, SortKey(row.members[selection.sort]), row.revision))
        }
        let isAscending = selection.direction == .ascending
        let isStable = behavior.ties == .stable
        keys.sort { left, right in
            guard left.key == right.key else { return (left.key < right.key) == isAscending }
            guard isStable else { return tieRank(left.revision) > tieRank(right.revision) }
            return left.revision > right.revision
        }
        let order = keys.map(\.slot)
        if isStable { orders.keep(order, for: selection, weight: order.count + Self.entryWeight) }
        return order
    }

    /// One page of a list, encoded.
    ///
    /// Cached until the next write.
    mutating func page(_ query: ListQuery) -> ListPage {
        if let known = pages.value(for: query) { return known }
        listsMade += 1
        let order = order(of: query.selection)
        let start = min(order.count, (query.page - 1) * query.perPage)
        let window = start..<min(order.count, start + query.perPage)
        let shown = window.filter { !behavior.hidesPosition($0) }.map { rows[order[$0]] }.filter { !$0.isHidden }
        let page = ListPage(
            rows: withOddRow(shown.map(\.listBytes)),
            window: window,
            total: order.count,
            count: behavior.statedCount(total: order.count, shown: shown.count, page: query.page),
            extraMembers: behavior.extraMembers
        )
        if behavior.ties == .stable { pages.keep(page, for: query, weight: page.body.count + Self.entryWeight) }
        return page
    }

    private func withOddRow(_ rows: [[UInt8]]) -> [[UInt8]] {
        guard let first = rows.first else { return rows }
        let odd: [[UInt8]] =
            switch behavior.oddRow {
            case .none: []
            case .repeated: [first]
            case .null: [Array("null".utf8)]
            case .text: [Array("\"not a row\"".utf8)]
            }
        return [first] + odd + rows.dropFirst()
    }

    private func tieRank(_ revision: Int) -> UInt64 {
        SplitMix64.mix(UInt64(revision) ^ UInt64(listsMade) << 32)
    }

    /// A row for tests.
    func inspected(_ row: Row) -> SandboxRow {
        SandboxRow(
            id: row.id,
            stored: row.members,
            shown: encoder.inspected(row, resource),
            isTrashed: row.trashedAt != nil,
            isHidden: row.isHidden,
            revision: row.revision
        )
    }

    private mutating func replace(_ slot: Int, _ members: JSONObject, trashedAt: UnixTime?) -> Row? {
        let row = encoder.row(members, of: resource, revision: nextRevision(), trashedAt: trashedAt)
        if let row { rows[slot] = row }
        return row
    }

    private mutating func nextRevision() -> Int {
        orders.removeAll()
        pages.removeAll()
        writes += 1
        return writes
    }

    private func merged(_ old: JSONValue?, _ changes: JSONObject) -> JSONObject {
        var fields = old?.objectValue ?? JSONObject()
        for (key, value) in changes {
            fields[key] = value
        }
        return fields
    }
}
