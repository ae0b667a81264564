import JSON
import Sandbox

/// Everything that the sandbox holds at one time, and what each key is shown of it.
struct ModelData: Sendable {
    /// What lists in this variant can be compared by.
    struct Variant: Sendable {
        let behavior: SandboxBehavior
        let today: String

        /// Whether each page of a list holds the rows that its number stands for.
        var isRegular: Bool {
            behavior.hideEvery == 0 && behavior.emptyPage == nil && behavior.trashedRows == .omitted
                && behavior.oddRow == .none && behavior.ties == .stable
        }

        /// Whether `count` states how many rows there are.
        var countsRight: Bool { behavior.count == .total && behavior.countOffset == 0 && behavior.countDrift == 0 }
    }

    let variant: Variant
    /// Another one after each write.
    let version: Int
    private let rows: [String: [ModelRow]]
    private let byID: [String: ModelRow]

    /// Looks at all rows that the keys see.
    init(_ server: SandboxServer, keys: Set<ModelClient.Entry>, variant: Variant) {
        var rows: [String: [ModelRow]] = [:]
        var byID: [String: ModelRow] = [:]
        for entry in keys {
            for type in [ModelType.project, .issue] {
                let seen = server.rows(of: type.rawValue, seenBy: entry.key)
                    .map { ModelRow(type: type, slug: entry.slug, row: $0) }
                rows["\(type.rawValue) \(entry.key)"] = seen
                for row in seen { byID["\(type.rawValue) \(entry.key) \(row.id)"] = row }
            }
        }
        self.rows = rows
        // Each write raises a revision or removes a row.
        version = rows.values.joined().reduce(0) { $0 + $1.row.revision + 1_000_000 }
        self.byID = byID
        self.variant = variant
    }

    /// All rows of a type that a key sees.
    func all(_ type: ModelType, _ entry: ModelClient.Entry) -> [ModelRow] {
        rows["\(type.rawValue) \(entry.key)"] ?? []
    }

    /// The object that a GET with this id shows; nil for none.
    func object(_ type: ModelType, _ id: String, _ entry: ModelClient.Entry) -> ModelRow? {
        guard let row = byID["\(type.rawValue) \(entry.key) \(id)"], !row.row.isTrashed, !row.row.isHidden else {
            return nil
        }
        return row
    }

    /// The rows that a list of one workspace has upstream, those that it does not show included.
    private func upstreamRows(of list: ModelList, _ entry: ModelClient.Entry) -> [ModelRow] {
        let listed = all(list.type, entry).filter { row in
            (!row.row.isTrashed || variant.behavior.trashedRows == .listed)
                && list.conditions.allSatisfy { row.row.stored[$0.member]?.stringValue == $0.text }
                && (!list.onlyOverdue || isOverdue(row))
        }
        return listed.sorted { left, right in
            let keys = (ModelSortKey(left.row.stored[list.sort]), ModelSortKey(right.row.stored[list.sort]))
            if keys.0 == keys.1 { return left.row.revision > right.row.revision }
            return list.isDescending ? keys.1 < keys.0 : keys.0 < keys.1
        }
    }

    private func isOverdue(_ row: ModelRow) -> Bool {
        guard let due = row.row.stored["due_date"]?.stringValue, let status = row.row.stored["status"]?.stringValue
        else { return false }
        return due < variant.today && status != "done" && status != "cancelled"
    }

    /// The rows that a list of one workspace shows upstream, also those in the trash.
    private func listedRows(of list: ModelList, _ entry: ModelClient.Entry) -> [ModelRow] {
        upstreamRows(of: list, entry).enumerated()
            .filter { position, row in
                !row.row.isHidden && position / 100 + 1 != variant.behavior.emptyPage
            }
            .map(\.element)
    }

    /// The rows that a list shows, in order.
    func rows(of list: ModelList) -> [ModelRow] {
        var parts = list.keys.map { entry in listedRows(of: list, entry).filter { !$0.row.isTrashed }[...] }
        guard parts.count > 1 else { return Array(parts.first ?? []) }
        // What the gateway can compare is what the upstream shows.
        func key(_ part: Int) -> ModelSortKey? { parts[part].first.map { ModelSortKey($0.row.shown[list.sort]) } }
        var merged: [ModelRow] = []
        while true {
            var next: Int?
            for part in parts.indices {
                guard let candidate = key(part) else { continue }
                guard let best = next.flatMap(key) else {
                    next = part
                    continue
                }
                if list.isDescending ? best < candidate : candidate < best { next = part }
            }
            guard let part = next, let row = parts[part].popFirst() else { return merged }
            merged.append(row)
        }
    }

    /// How many rows of a list of one workspace are found, whatever order they are read in.
    ///
    /// Where a page lacks its rows, the order says which rows those are, and whether they are among those that are hidden.
    private func foundNumbers(of list: ModelList, _ entry: ModelClient.Entry) -> Set<Int> {
        let rows = upstreamRows(of: list, entry)
        guard let page = variant.behavior.emptyPage, variant.behavior.hideEvery > 0, rows.count > (page - 1) * 100
        else {
            return [listedRows(of: list, entry).count]
        }
        let hidden = rows.count { $0.row.isHidden }
        let lacking = min(100, rows.count - (page - 1) * 100)
        return Set(max(0, rows.count - hidden - lacking)...rows.count - max(hidden, lacking))
    }

    /// Whether rows that change places from page to page may be lost without a trace: others are hidden, so that no count shows it.
    func mayLoseRows(of list: ModelList) -> Bool {
        guard variant.behavior.hideEvery > 0 || variant.behavior.emptyPage != nil else { return false }
        return list.keys.contains { upstreamRows(of: list, $0).count > min(100, variant.behavior.pageCap) }
    }

    /// What `totalCount` of a list may be.
    func totals(of list: ModelList) -> Expectation {
        guard variant.behavior.count != .total || variant.countsRight else { return .any }
        // Where all rows of a workspace have been read and its count is another, the number of those that were found is
        // shown, those in the trash among them.
        let totals = list.keys.reduce(into: Set([0])) { sums, entry in
            let numbers = foundNumbers(of: list, entry).union([upstreamRows(of: list, entry).count])
            sums = sums.reduce(into: []) { all, sum in all.formUnion(numbers.map { sum + $0 }) }
        }
        let values = totals.sorted().map { Expectation.value(.integer($0)) }
        let usual = Expectation.oneOf(variant.countsRight ? values : [.null] + values)
        guard variant.behavior.ties != .stable, let most = totals.max() else { return usual }
        // Rows that change places are read twice or not at all: fewer are found, and the response says so.
        return .reported(also: .oneOf((0...most).map { .value(.integer($0)) }), usual)
    }
}

/// What a row is sorted by: nulls after everything else, numbers by value, texts by their bytes.
enum ModelSortKey: Comparable {
    case number(Double)
    case text(String)
    case null

    init(_ value: JSONValue?) {
        switch value {
        case .number(let number)?: self = .number(number.doubleValue ?? .infinity)
        case .string(let text)?: self = .text(text)
        default: self = .null
        }
    }
}
