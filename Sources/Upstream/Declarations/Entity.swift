package import GraphQL
package import JSON

/// An entity type, with the path and the key by which one object of it is fetched.
// PERF: a class, because calls, purposes and loaders all refer to it.
package final class Entity: Sendable {
    /// The GraphQL type.
    package let type: TypeID
    /// The type's name.
    package let name: String
    /// The template of an object's path, whose only variable is the key.
    package let template: URITemplate
    /// The path of the collection that has every object of the type; nil: there is none.
    package let list: String?
    /// The member that identifies an object.
    package let key: JSONKey
    /// The name of the template's variable for the key.
    package let keyName: String
    /// The member that, unless null, marks the object as deleted; nil: there is none.
    package let deletedAt: JSONKey?
    /// The members that fields of the type show or read; nil: all, because a field shows the whole object.
    let members: Set<JSONKey>?
    /// The entity types with objects of this type in their members: a change of such an object is a change of theirs.
    let holders: [TypeID]
    /// Whether a key of letters and digits alone is valid in the path, so that such keys need no check.
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
        acceptsPlainKeys = !template.escapesPath(
            with: template.expand { name, _ in name == keyName ? .text("x") : nil }
        )
    }

    /// The path of the collection that has every object of the type, without its query.
    var listPath: String? { list.map { String($0.prefix { $0 != "?" }) } }

    /// The path of one object.
    func path(of key: String) -> String {
        template.expand { name, _ in name == keyName ? .text(key) : nil }
    }

    /// Whether an object can have a key: one that is empty, `.` or `..` would change the path.
    // PERF: most keys are alphanumeric, and need no expanded path.
    func accepts(key: String) -> Bool {
        key.utf8.isAlphanumeric ? acceptsPlainKeys : !template.escapesPath(with: path(of: key))
    }
}

extension String.UTF8View {
    /// Whether it is not empty and consists of ASCII letters and digits.
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
