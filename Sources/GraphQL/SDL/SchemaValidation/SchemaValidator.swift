/// Checks that a schema obeys the rules of the type system; the errors are graphql-js's, in its order.
///
/// https://spec.graphql.org/September2025/#sec-Type-System
package func validateSchema(_ schema: Schema) -> [GraphQLError] {
    var validator = SchemaValidator(schema: schema)
    validator.validateRootTypes()
    validator.validateDirectives()
    validator.validateTypes()
    return validator.errors
}

/// Collects what is wrong with a schema; the checks of each concern are in an extension of their own.
struct SchemaValidator {
    let schema: Schema
    private var findings: [(message: String, ranges: [SourceRange])] = []

    init(schema: Schema) {
        self.schema = schema
    }

    /// Notes an error; nodes that built-in definitions do not have are left out of its locations.
    mutating func report(_ message: String, at ranges: [SourceRange?]) {
        findings.append((message, ranges.compactMap(\.self)))
    }

    /// The errors so far.
    var errors: [GraphQLError] {
        findings.map { GraphQLError($0.message, locations: schema.source.locations(of: $0.ranges)) }
    }

    /// Names that begin with two underscores belong to introspection.
    ///
    /// https://spec.graphql.org/September2025/#sec-Names.Reserved-Names
    mutating func validateName(_ name: String, at range: SourceRange?) {
        guard name.utf8.starts(with: "__".utf8) else { return }
        report("Name \"\(name)\" must not begin with \"__\", which is reserved by GraphQL introspection.", at: [range])
    }

    /// Checks every type, in the order in which introspection lists them.
    mutating func validateTypes() {
        var cycles = InputObjectCycles(schema: schema)
        var defaultCycles = InputObjectDefaultCycles(schema: schema)
        for id in schema.visibleTypes {
            let type = schema[id]
            if !BuiltInTypes.isIntrospective(id) { validateName(type.name, at: type.definitions.first?.range) }
            switch type.kind {
            case .scalar: break
            case .object, .interface:
                validateFields(of: type)
                validateInterfaces(of: type)
            case .union: validateMemberTypes(of: type)
            case .enumeration: validateValues(of: type)
            case .inputObject:
                validateInputFields(of: type)
                for cycle in cycles.cycles(from: type) { report(cycle) }
                for cycle in defaultCycles.cycles(from: type) { report(defaultCycle: cycle) }
            }
        }
    }
}
