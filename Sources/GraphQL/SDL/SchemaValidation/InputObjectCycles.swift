/// Finds input object types that contain themselves through fields that must be given.
///
/// https://spec.graphql.org/September2025/#sec-Input-Objects.Circular-References
struct InputObjectCycles {
    /// A way from a type back to itself.
    struct Cycle {
        let type: NamedType
        let fields: [InputValueDefinition]
    }

    /// A type whose fields are being visited.
    private struct Step {
        let type: NamedType
        var nextField = 0
    }

    private let schema: Schema
    private var visited: Set<TypeID> = []

    init(schema: Schema) {
        self.schema = schema
    }

    /// The cycles that can be reached from a type through types that were not visited before, depth first.
    mutating func cycles(from start: NamedType) -> [Cycle] {
        guard visited.insert(start.id).inserted else { return [] }
        var cycles: [Cycle] = []
        // A stack of its own instead of recursion: a chain of types may be as long as the schema is large.
        var steps = [Step(type: start)]
        var depths = [start.id: 0]
        var path: [InputValueDefinition] = []
        while let step = steps.last {
            guard step.nextField < step.type.inputFields.count else {
                depths[step.type.id] = nil
                steps.removeLast()
                if !path.isEmpty { path.removeLast() }
                continue
            }
            steps[steps.count - 1].nextField += 1
            let field = step.type.inputFields[step.nextField]
            guard case .nonNull(.named(let id)) = field.type, schema[id].kind == .inputObject else { continue }
            if let depth = depths[id] {
                cycles.append(Cycle(type: schema[id], fields: path[depth...] + [field]))
            } else if visited.insert(id).inserted {
                path.append(field)
                depths[id] = steps.count
                steps.append(Step(type: schema[id]))
            }
        }
        return cycles
    }
}
