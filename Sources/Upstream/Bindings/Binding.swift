internal import GraphQL
package import JSON

/// How a bound field gets its value.
package enum Binding: Sendable {
    /// A GET of one object for each parent.
    case get(CallTemplate, entity: Entity?, content: ExpectedContent)
    /// The entity with a key.
    case entity(Entity, key: KeySource)
    /// A GET of a collection for each parent.
    case list(CollectionBinding)
    /// The members of the parent as a list of keys and values; needs no call.
    case entries(key: String, value: String)
    /// A call that changes something.
    case write(WriteBinding)
    /// A value of the gateway's own; needs no call.
    case gateway(GatewayField)

    /// Where the key of an entity stands.
    package enum KeySource: Sendable {
        /// In a member of the parent.
        case member(JSONKey)
        /// In an argument of the field.
        case argument(String)
    }

    /// The values of the gateway's own.
    package enum GatewayField: Sendable {
        /// The workspace that the parent came from.
        case workspace
        /// The workspaces that the caller may use.
        case workspaces
        /// The workspace that the argument `slug` names.
        case workspaceBySlug
        /// The rest of the caller's budget for the parent's workspace.
        case quota
        /// The parent's name among all types and workspaces.
        case globalID(Entity)
        /// The objects that arguments name so.
        case nodes(argument: String)
    }

    /// The members of the parent that the binding reads.
    var parentMembers: [JSONKey] {
        switch self {
        case .get(let template, _, _): template.parentMembers
        case .list(let collection): collection.template.parentMembers + (collection.by.map { [$0.parentKey] } ?? [])
        case .entity(_, .member(let key)): [key]
        case .gateway(.globalID(let entity)): [entity.key]
        case .entity, .entries, .gateway, .write: []
        }
    }
}

extension Binding {
    /// Whether the value is there without a call of the upstream, and stands for itself.
    package var isFree: Bool {
        switch self {
        case .gateway(.globalID): true
        case .get, .entity, .list, .entries, .write, .gateway: false
        }
    }

    /// Whether nothing that is there is changed or deleted.
    package var onlyAdds: Bool {
        if case .write(let write) = self { write.method == .post } else { true }
    }
}
