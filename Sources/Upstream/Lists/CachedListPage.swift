internal import GraphQL
internal import JSON

/// A cached page of a list, and the effect of later writes on it.
///
/// A write leaves the page as it is, or its effect follows from the write's response, or the page has to be fetched again. In doubt,
/// it has to be fetched.
struct CachedListPage {
    /// The effect of a write on a page.
    enum Effect {
        case none
        case corrected(JSONDocument)
        case stale
    }

    /// The members of a list's response around its rows.
    struct Envelope {
        /// The member that has the rows; nil: the response is the array itself.
        let items: JSONKey?
        /// The member that counts the rows; nil: there is none.
        let total: JSONKey?
    }

    private let json: JSONDocument
    private let selection: ListSelection
    private let envelope: Envelope
    private let key: JSONKey
    private let rows: [Int]
    /// Whether these are all rows of the list.
    private let isWhole: Bool
    /// Whether rows may lack a member that the object has: rows are known to lack it, or no field shows it.
    private let isDetailOnly: (JSONKey) -> Bool

    /// Makes a page.
    ///
    /// - Parameters:
    ///   - json: the response.
    ///   - list: the array of rows in it.
    ///   - selection: the filters and the order of the list.
    ///   - envelope: the members around the rows.
    ///   - key: the member that identifies a row.
    ///   - capacity: the most rows of the page if it is the first of its list; nil: other pages come before.
    ///   - isDetailOnly: whether rows may lack a member that the object has.
    init(
        _ json: JSONDocument,
        list: Int,
        _ selection: ListSelection,
        _ envelope: Envelope,
        key: JSONKey,
        capacity: Int?,
        isDetailOnly: @escaping (JSONKey) -> Bool
    ) {
        self.json = json
        self.isDetailOnly = isDetailOnly
        self.selection = selection
        self.envelope = envelope
        self.key = key
        let rows = Array(json.elements(of: list))
        let count = envelope.total.flatMap { json.member($0, of: 0) }.flatMap { json.count(at: $0) }
        self.rows = rows
        isWhole = rows.count < capacity ?? 0 && (count == nil || count == rows.count)
    }

    /// The effect of a write on the page.
    ///
    /// - Parameters:
    ///   - change: the write.
    ///   - mayShow: whether callers that see the page may see the write's response.
    /// - Returns: the effect.
    func effect(of change: ObjectChange, mayShow: Bool) -> Effect {
        guard let name = change.key else { return effectOfUnknownObject(change) }
        let positions = rows.indices.filter { position in
            json.member(key, of: rows[position]).flatMap { json.isScalar($0, name) } ?? false
        }
        guard let position = positions.first else { return effectOfOther(change, mayShow: mayShow) }
        guard positions.count == 1, change.kind != .deleted, mayShow, let after = change.after,
            showsAll(after, of: rows[position])
        else {
            return .stale
        }
        switch match(after) {
        case .unknown:
            return .stale
        case .no:
            return isWhole ? rebuilt(without: position, inserting: nil) : .stale
        case .yes:
            guard !selection.hasOtherFilters, let sort = selection.sort else { return .stale }
            let old = ObjectChange.Snapshot(json: json, node: rows[position])
            if let value = after.text(of: sort), old.text(of: sort) == value, isDistinct(position, by: sort) {
                return replaced(position, by: after)
            }
            return isWhole ? inserted(after, without: position) : .stale
        }
    }

    /// The effect of the write of an unknown object.
    private func effectOfUnknownObject(_ change: ObjectChange) -> Effect {
        guard change.kind == .created, let after = change.after,
            match(after) == .no
        else { return .stale }
        return .none
    }

    /// The effect of the write of an object that the page does not show.
    private func effectOfOther(_ change: ObjectChange, mayShow: Bool) -> Effect {
        let before = match(change.before)
        // The object's key in the rows may be spelled differently, unless it has been seen under this key.
        if change.kind == .deleted { return isWhole && change.before != nil || before == .no ? .none : .stale }
        let after = match(change.after)
        switch change.kind {
        case .created:
            if after == .no { return .none }
        case .updated, .deleted:
            // A row that is on no page of the list stays so if it does not match; otherwise the pages may have shifted.
            if after == .no, isWhole || before == .no { return .none }
            // A write by another key may have made the row visible to this key, or invisible.
            if mayShow, after == .yes, before == .yes, !isWhole, keepsPosition(change) { return .none }
        }
        let isNew = change.kind == .created || before == .no
        guard isWhole, isNew, mayShow, after == .yes, !selection.hasOtherFilters, let object = change.after else {
            return .stale
        }
        return inserted(object, without: nil)
    }

    private func match(_ snapshot: ObjectChange.Snapshot?) -> ListSelection.Match {
        guard let snapshot else { return .unknown }
        let match = selection.matches(snapshot.node, of: snapshot.json)
        guard match == .no else { return match }
        let isRefused = selection.filters.contains { filter in
            ListSelection.match([filter], snapshot.node, of: snapshot.json) == .no && isEquality(filter)
        }
        return isRefused ? .no : .unknown
    }

    /// Whether the list has only rows with a filter's value, as its rows show: a value may stand for several.
    private func isEquality(_ filter: ListSelection.Filter) -> Bool {
        if selection.keyParameters.contains(filter.parameter) { return true }
        let matches = rows.map { ListSelection.match([filter], $0, of: json) }
        return matches.contains(.yes) && !matches.contains(.no)
    }

    /// Whether a write leaves the position of an object among the rows of the list unchanged.
    private func keepsPosition(_ change: ObjectChange) -> Bool {
        guard !selection.hasOtherFilters, let sort = selection.sort, let value = change.after?.text(of: sort) else {
            return false
        }
        // Rows of equal values can change places, but a time is nearly always distinct.
        return Timestamp(value) != nil && change.before?.text(of: sort) == value
    }

    /// Whether no neighbor of a row has the same sort value, because rows of equal values can change places.
    private func isDistinct(_ position: Int, by sort: JSONKey) -> Bool {
        let text = { (index: Int) in ObjectChange.Snapshot(json: json, node: rows[index]).text(of: sort) }
        let own = text(position)
        let neighbors = [position - 1, position + 1].filter { rows.indices.contains($0) }
        guard neighbors.allSatisfy({ text($0) != own }) else { return false }
        return isWhole || neighbors.count == 2 || Timestamp(own) != nil
    }

    /// Whether an object has every member that a row has.
    private func showsAll(_ object: ObjectChange.Snapshot, of row: Int) -> Bool {
        json.members(of: row).allSatisfy { member in
            json.name(of: member.member).map { object.json.member(named: $0, of: object.node) != nil } ?? false
        }
    }

    // MARK: - Order

    /// The page with a new row at its position in the sort order; stale if that is unknown.
    private func inserted(_ object: ObjectChange.Snapshot, without position: Int?) -> Effect {
        guard let sort = selection.sort, let value = Timestamp(object.text(of: sort)) else { return .stale }
        var others = rows
        if let position { others.remove(at: position) }
        if let first = others.first, position == nil, !showsAll(object, of: first) { return .stale }
        let row = { ObjectChange.Snapshot(json: json, node: $0) }
        let values = others.map { Timestamp(row($0).text(of: sort)) }
        guard values.allSatisfy({ $0?.length == value.length }), let isAscending = direction(of: values) else {
            return .stale
        }
        var index = 0
        for case let other? in values {
            if other == value { return .stale }
            if (other < value) == isAscending { index += 1 } else { break }
        }
        return rebuilt(without: position, inserting: (index, object))
    }

    /// Whether the values ascend; nil: they neither ascend nor descend throughout, or contradict the direction in the path.
    private func direction(of values: [Timestamp?]) -> Bool? {
        let known = values.compactMap { $0 }
        guard known.count == values.count else { return nil }
        let pairs = zip(known, known.dropFirst())
        let rises = pairs.allSatisfy { $0 < $1 }
        let falls = pairs.allSatisfy { $0 > $1 }
        switch selection.order {
        case "asc": return rises ? true : nil
        case "desc": return falls ? false : nil
        default: return rises == falls ? nil : rises
        }
    }

    // MARK: - Building

    private func replaced(_ position: Int, by object: ObjectChange.Snapshot) -> Effect {
        rebuilt(without: position, inserting: (position, object), count: rows.count)
    }

    private func rebuilt(
        without position: Int?,
        inserting object: (index: Int, object: ObjectChange.Snapshot)?
    ) -> Effect {
        let count = rows.count - (position == nil ? 0 : 1) + (object == nil ? 0 : 1)
        return rebuilt(without: position, inserting: object, count: count)
    }

    /// The page without a row, with an added one, or with one in place of another.
    private func rebuilt(
        without position: Int?,
        inserting object: (index: Int, object: ObjectChange.Snapshot)?,
        count: Int
    ) -> Effect {
        if let object, !isLikeRows(object.object) { return .stale }
        var parts: [Part] = rows.map { .row($0) }
        if let position { parts.remove(at: position) }
        if let object { parts.insert(.written(object.object), at: object.index) }
        var builder = JSONDocumentBuilder(minimumCapacity: json.bytes.count + 1024)
        if json.kind(of: 0) == .array {
            add(parts, to: &builder)
        } else {
            addEnvelope(parts, count: count, to: &builder)
        }
        return .corrected(builder.finish())
    }

    private func addEnvelope(_ parts: [Part], count: Int, to builder: inout JSONDocumentBuilder) {
        builder.beginObject()
        for member in json.members(of: 0) {
            builder.key(member.member, of: json)
            if let items = envelope.items, json.isNamed(member.member, items) {
                add(parts, to: &builder)
            } else if count != rows.count, let total = envelope.total, json.isNamed(member.member, total),
                json.count(at: member.value) != nil
            {
                if json.kind(of: member.value) == .string { builder.string("\(count)") } else { builder.integer(count) }
            } else {
                builder.copy(member.value, of: json)
            }
        }
        builder.endObject()
    }

    private func add(_ parts: [Part], to builder: inout JSONDocumentBuilder) {
        builder.beginArray()
        for part in parts {
            switch part {
            case .row(let node): builder.copy(node, of: json)
            case .written(let object): add(object, to: &builder)
            }
        }
        builder.endArray()
    }

    /// Adds an object, with only those members that rows of the page have.
    ///
    /// The response to a write can have more members than a list's rows. If one row had a member that the others lack, they would seem to
    /// have no value for it.
    private func add(_ object: ObjectChange.Snapshot, to builder: inout JSONDocumentBuilder) {
        builder.beginObject()
        for member in object.json.members(of: object.node) where isShown(member.member, of: object.json) {
            builder.key(member.member, of: object.json)
            builder.copy(member.value, of: object.json)
        }
        builder.endObject()
    }

    /// Whether the object loses no value that its row might have if only the members of the page's rows are used.
    ///
    /// A member that no row has is either one that rows never have, or one that is null in all of them and therefore left out.
    private func isLikeRows(_ object: ObjectChange.Snapshot) -> Bool {
        // If rows have nulls, the upstream leaves none out.
        if rows.contains(where: { row in json.members(of: row).contains { json.kind(of: $0.value) == .null } }) {
            return true
        }
        return object.json.members(of: object.node).allSatisfy { member in
            if isShown(member.member, of: object.json) || object.json.kind(of: member.value) == .null { return true }
            return object.json.name(of: member.member).map { isDetailOnly(JSONKey($0)) } ?? false
        }
    }

    /// Whether a row of the page has a member; true for all members if the page has no rows.
    private func isShown(_ member: Int, of other: JSONDocument) -> Bool {
        guard !rows.isEmpty, let name = other.name(of: member) else { return true }
        return rows.contains { json.member(named: name, of: $0) != nil }
    }

    /// An element of the rebuilt page.
    private enum Part {
        case row(Int)
        case written(ObjectChange.Snapshot)
    }
}

/// A date or a time in UTC, as a text such that texts of the same length sort as the times do.
private struct Timestamp: Comparable {
    private let text: ArraySlice<UInt8>
    var length: Int { text.count }

    /// Reads the text of a JSON value; nil if it is no such text.
    init?(_ text: ArraySlice<UInt8>?) {
        guard let text, text.count >= 12, text.first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\"") else {
            return nil
        }
        let inner = text.dropFirst().dropLast()
        let isTime = inner.last == UInt8(ascii: "Z")
        guard isTime || inner.count == 10,
            inner.allSatisfy({ (48...57).contains($0) || "-:.TZ".utf8.contains($0) })
        else { return nil }
        self.text = inner
    }

    static func == (left: Timestamp, right: Timestamp) -> Bool { left.text.elementsEqual(right.text) }

    static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.text.lexicographicallyPrecedes(right.text)
    }
}
