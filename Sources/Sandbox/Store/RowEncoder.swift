internal import JSON

/// Writes a row's JSON in the form that the behaviour asks for.
struct RowEncoder: Sendable {
    private static let midnight = "T00:00:00Z"

    private let behavior: SandboxBehavior
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
        let bytes = JSONValue.object(shown).serialized()
        return Row(
            id: id,
            members: members,
            trashedAt: trashedAt,
            revision: revision,
            bytes: bytes,
            listBytes: listBytes(of: shown, whole: bytes, resource)
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

    private func listBytes(of shown: JSONObject, whole: [UInt8], _ resource: Resource) -> [UInt8] {
        guard behavior.rows == .summary else { return whole }
        var summary = shown
        for member in resource.membersBeyondSummary {
            summary[member] = nil
        }
        return JSONValue.object(summary).serialized()
    }
}
