internal import JSON

/// Writes a row's JSON in the form that the behavior asks for.
struct RowEncoder: Sendable {
    private static let midnight = "T00:00:00Z"

    // A character for private use stands for half a surrogate pair, which no Swift text can hold.
    private static let surrogateMark = "\u{F8F0}"
    private static let escapedSurrogate = Array(#"\ud83d"#.utf8)

    /// The API variant that is played.
    let behavior: SandboxBehavior

    private let customDateKeys: Set<String>

    /// Makes an encoder for the rows of a workspace with these custom fields.
    init(behavior: SandboxBehavior, customFields: [CustomFieldDefinition]) {
        self.behavior = behavior
        customDateKeys = Set(customFields.filter { $0.type == .date }.map(\.key))
    }

    /// Makes a row, with its bytes, of the members.
    func row(
        _ members: JSONObject,
        of resource: Resource,
        revision: Int,
        trashedAt: UnixTime? = nil
    ) -> Row? {
        guard case .string(let id)? = members["id"] else { return nil }
        let shown = presented(members, resource, trashedAt)
        return Row(
            id: id,
            members: members,
            trashedAt: trashedAt,
            revision: revision,
            isHidden: behavior.hides(id: id),
            bytes: serialized(shown, omittingNulls: [.omitted, .omittedInObjects].contains(behavior.nulls)),
            listBytes: listBytes(of: shown, resource)
        )
    }

    /// Returns the row as a GET shows it, with U+FFFD for half a surrogate pair.
    func inspected(_ row: Row, _ resource: Resource) -> JSONObject {
        var shown = presented(row.members, resource, row.trashedAt)
        if case .string(let name)? = shown[resource.nameMember], behavior.loneSurrogates {
            shown[resource.nameMember] = .string(name.replacing(Self.surrogateMark, with: "\u{FFFD}"))
        }
        return shown
    }

    private func serialized(_ object: JSONObject, omittingNulls: Bool) -> [UInt8] {
        var object = object
        if omittingNulls {
            for (name, value) in object where value.isNull { object[name] = nil }
        }
        let bytes = JSONValue.object(object).serialized()
        guard behavior.loneSurrogates else { return bytes }
        return Array(
            bytes.split(separator: Self.surrogateMark.utf8, omittingEmptySubsequences: false)
                .joined(separator: Self.escapedSurrogate)
        )
    }

    private func presented(_ members: JSONObject, _ resource: Resource, _ trashedAt: UnixTime?) -> JSONObject {
        var shown = members
        if behavior.dates != .date {
            shown[resource.dateMember] = dated(members[resource.dateMember])
            if case .object(var fields)? = members["custom_fields"] {
                for key in customDateKeys where fields[key] != nil {
                    fields[key] = dated(fields[key])
                }
                shown["custom_fields"] = .object(fields)
            }
        }
        if behavior.extraMembers {
            shown["_links"] = .object(link(to: members["id"], resource))
            shown["sort_weight"] = .number(JSONNumber(1))
        }
        if behavior.idType == .number {
            for name in ["id", "project_id", "assignee_id"] {
                let number = members[name]?.stringValue.flatMap { JSONNumber(text: $0) }
                if let number { shown[name] = .number(number) }
            }
        }
        if case .string(let id)? = members["id"], behavior.breaksName(ofID: id) {
            let name = members[resource.nameMember]?.stringValue ?? ""
            shown[resource.nameMember] = .string(name + Self.surrogateMark)
        }
        if let trashedAt {
            shown["deleted_at"] = .string(trashedAt.iso8601)
        }
        return shown
    }

    private func dated(_ value: JSONValue?) -> JSONValue {
        guard case .string(let text)? = value, behavior.dates == .dateTime else {
            return behavior.dates == .null ? .null : value ?? .null
        }
        return .string(text + Self.midnight)
    }

    private func link(to id: JSONValue?, _ resource: Resource) -> JSONObject {
        var links = JSONObject()
        guard case .string(let id)? = id else { return links }
        links["self"] = .string("/api/v1/\(resource.rawValue)/\(id)")
        return links
    }

    private func listBytes(of shown: JSONObject, _ resource: Resource) -> [UInt8] {
        var row = shown
        if behavior.rows == .summary {
            for member in resource.membersBeyondSummary { row[member] = nil }
        }
        return serialized(row, omittingNulls: [.omitted, .omittedInRows].contains(behavior.nulls))
    }
}
