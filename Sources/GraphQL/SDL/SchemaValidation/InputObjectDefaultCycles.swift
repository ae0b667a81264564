/// Finds fields of input object types whose default value contains that default value again.
///
/// https://spec.graphql.org/September2025/#InputObjectDefaultValueHasCycle()
struct InputObjectDefaultCycles {
    /// A field with a default, by its coordinate.
    struct Step {
        let coordinate: String
        let defaultValue: ValueNode
    }

    /// The cycle of fields; the field in question comes first.
    typealias Cycle = [Step]

    private let schema: Schema
    private var visited: Set<String> = []
    private var path: [Step] = []
    private var positions: [String: Int] = [:]
    private var found: [Cycle] = []

    init(schema: Schema) {
        self.schema = schema
    }

    /// The cycles met when no field of the type is given, through defaults that were not visited before.
    mutating func cycles(from type: NamedType) -> [Cycle] {
        found = []
        follow([], of: type)
        return found
    }

    private mutating func follow(_ value: ValueNode, as type: NamedType) {
        switch value {
        case .list(let items, _): for item in items { follow(item, as: type) }
        case .object(let fields, _): follow(fields, of: type)
        case .variable, .int, .float, .string, .boolean, .null, .enumeration: break
        }
    }

    /// Visits the given values of an object's fields, and the defaults of fields that are not given.
    private mutating func follow(_ given: [ObjectFieldNode], of type: NamedType) {
        for field in type.inputFields {
            let fieldType = schema.namedType(of: field.type)
            guard fieldType.kind == .inputObject else { continue }
            if let given = given.last(where: { $0.name.value == field.name }) {
                follow(given.value, as: fieldType)
            } else if let defaultValue = field.defaultValue {
                follow(Step(coordinate: "\(type.name).\(field.name)", defaultValue: defaultValue), as: fieldType)
            }
        }
    }

    private mutating func follow(_ step: Step, as type: NamedType) {
        if let position = positions[step.coordinate] {
            found.append(Array(path[position...]))
        } else if visited.insert(step.coordinate).inserted {
            positions[step.coordinate] = path.count
            path.append(step)
            follow(step.defaultValue, as: type)
            path.removeLast()
            positions[step.coordinate] = nil
        }
    }
}
