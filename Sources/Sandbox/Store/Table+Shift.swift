internal import JSON

extension Table {
    /// Moves the rows of a list, as other people's work does while a client reads page after page.
    ///
    /// A list sorted by `id` stays as it is when a row should move, because an id cannot change.
    mutating func shift(_ kind: Shift, _ selection: RowSelection, newID: @autoclosure () -> String, now: UnixTime) {
        let order = order(of: selection)
        guard let first = order.first, let last = order.last else { return }
        switch kind {
        case .none:
            break
        case .insert:
            let time = stamp(now)
            var members = rows[first].members
            members["id"] = .string(newID())
            members["created_at"] = .string(time.iso8601)
            members["updated_at"] = .string(time.iso8601)
            if selection.sort != "id" {
                members[selection.sort] = valueBefore(rows[first], selection, time)
            }
            insert(members)
        case .remove:
            _ = trash(rows[first].id, at: stamp(now))
        case .move where selection.sort != "id":
            var change = JSONObject()
            change[selection.sort] = valueBefore(rows[first], selection, stamp(now))
            _ = update(rows[last].id, with: change)
        case .move:
            break
        }
    }

    /// Returns the sort value with which a row comes before `first`: of equal rows, the latest written is first.
    private func valueBefore(_ first: Row, _ selection: RowSelection, _ time: UnixTime) -> JSONValue {
        guard ["created_at", "updated_at"].contains(selection.sort) else {
            return first.members[selection.sort] ?? .null
        }
        guard selection.direction == .ascending else { return .string(time.iso8601) }
        let earliest = first.text(selection.sort).flatMap(UnixTime.init(iso8601:)) ?? time
        return .string(UnixTime(seconds: earliest.seconds - 1).iso8601)
    }
}
