package import GraphQL
package import JSON

/// How one object of an entity type is fetched.
// PERF: a class, as calls, purposes and loaders all have it.
package final class Entity: Sendable {
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
    /// A member that, unless null, marks the object as deleted.
    package let deletedAt: JSONKey?
    /// The members that fields of the type can show, or read to find something else; nil: all, as a field shows the object itself.
    let members: Set<JSONKey>?
    /// The entity types whose objects have objects of this one in their members: a change of these is a change of them.
    let holders: [TypeID]
    /// Whether an object can have a key of letters and digits alone: such a key leads where any other does.
    let acceptsPlainKeys: Bool

    init(
        type: TypeID,
        name: String,
        template: URITemplate,
        list: String?,
        key: JSONKey,
        keyName: String,
        deletedAt: JSONKey?,
        members: Set<JSONKey>? = nil,
        holders: [TypeID] = []
    ) {
        self.type = type
        self.name = name
        self.template = template
        self.list = list
        self.key = key
        self.keyName = keyName
        self.deletedAt = deletedAt
        self.members = members
        self.holders = holders
        acceptsPlainKeys = !template.escapesPath(with: template.expand { name, _ in name == keyName ? "x" : nil })
    }

    /// The path of the collection that holds every object of the type, without its query.
    var listPath: String? { list.map { String($0.prefix { $0 != "?" }) } }

    /// The path of one object.
    func path(of key: String) -> String {
        template.expand { name, _ in name == keyName ? key : nil }
    }

    /// Whether an object can have that key: one that is empty, `.` or `..` would lead to another path.
    // PERF: most keys are plain, and no path has to be made for them.
    func accepts(key: String) -> Bool {
        key.utf8.isAlphanumeric ? acceptsPlainKeys : !template.escapesPath(with: path(of: key))
    }
}

extension String.UTF8View {
    /// Whether it is not empty, and all letters and digits of ASCII.
    fileprivate var isAlphanumeric: Bool {
        !isEmpty
            && allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: false
                }
            }
    }
}
