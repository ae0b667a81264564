package import GraphQL
package import JSON

/// How a bound field gets its value.
package enum Binding: Sendable {
    /// A GET of one object for each parent.
    case get(CallTemplate, entity: Entity?, content: ExpectedContent)
    /// The entity with a key.
    case entity(Entity, key: KeySource)
    /// A GET of a collection for each parent.
    case list(Collection)
    /// The members of the parent as a list of keys and values; needs no call.
    case entries(key: String, value: String)
    /// A call that changes something.
    case write(WriteBinding)
    /// What the gateway itself knows; needs no call.
    case gateway(GatewayField)

    /// Where the key of an entity stands.
    package enum KeySource: Sendable {
        /// In a member of the parent.
        case member(JSONKey)
        /// In an argument of the field.
        case argument(String)
    }

    /// What of the gateway's own knowledge a field shows.
    package enum GatewayField: Sendable {
        /// The workspace that the parent came from.
        case workspace
        /// The workspaces that the caller may use.
        case workspaces
        /// The workspace that the argument `slug` names.
        case workspaceBySlug
        /// What is left of the caller's budget for the parent's workspace.
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

/// A collection as a field shows it.
package struct Collection: Sendable {
    package let template: CallTemplate
    /// The rows' type if it is an entity: rows are told apart by its key.
    package let entity: Entity?
    /// How a connection type shows its rows; nil: the field is a plain list.
    package let connection: ConnectionShape?
    /// How rows belong to the parent, if they do.
    package let by: Ownership?
    /// What the parameters of the template's query mean.
    let parameters: ListParameters

    /// How the rows of a collection belong to parents.
    package struct Ownership: Sendable {
        /// The template's variable that takes the parent's key.
        let variable: String
        /// The member of a row that holds it.
        let member: JSONKey
        /// The member of the parent that is its key.
        let parentKey: JSONKey
        /// The type of the parents.
        let parent: Entity
    }
}

/// How one object of an entity type is fetched.
package struct Entity: Sendable {
    package let type: TypeID
    /// The type's name.
    package let name: String
    package let template: URITemplate
    /// The path of the collection that holds every object of the type.
    package let list: String?
    /// The member that identifies an object.
    package let key: JSONKey
    /// The template's variable that takes the key.
    package let keyName: String
    /// A member that, unless null, tells that the object is deleted.
    package let deletedAt: JSONKey?

    /// The path of the collection that holds every object of the type, without its query.
    var listPath: String? { list.map { String($0.prefix { $0 != "?" }) } }

    /// The path of one object.
    func path(of key: String) -> String {
        template.expand { $0 == keyName ? key : nil }
    }

    /// Whether an object can have that key: one that is empty, `.` or `..` would lead to another path.
    func accepts(key: String) -> Bool { !template.escapesPath(with: path(of: key)) }
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
