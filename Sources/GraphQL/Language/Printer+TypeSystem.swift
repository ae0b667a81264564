extension Printer {
    /// Writes a schema definition or extension.
    mutating func write(_ node: SchemaDefinitionNode) {
        writeDescription(node.description)
        write(node.isExtension ? "extend schema" : "schema")
        writeDirectives(node.directives)
        writeBlock(node.operationTypes) { printer, type in
            printer.write("\(type.operation.rawValue): \(type.type.name.value)")
        }
    }

    /// Writes a type definition or extension of any kind.
    mutating func write(_ node: TypeDefinitionNode) {
        writeDescription(node.description)
        write("\(node.isExtension ? "extend " : "")\(node.kind.keyword) \(node.name.value)")
        if !node.members.interfaces.isEmpty {
            write(" implements \(node.members.interfaces.map(\.name.value).joined(separator: " & "))")
        }
        writeDirectives(node.directives)
        if !node.members.types.isEmpty {
            write(" = \(node.members.types.map(\.name.value).joined(separator: " | "))")
        }
        writeBlock(node.members.fields) { $0.write($1) }
        writeBlock(node.members.values) { printer, value in
            printer.writeDescription(value.description)
            printer.write(value.name.value)
            printer.writeDirectives(value.directives)
        }
        writeBlock(node.members.inputFields) { $0.write($1.text) }
    }

    /// Writes a directive's definition.
    mutating func write(_ node: DirectiveDefinitionNode) {
        writeDescription(node.description)
        write("directive @\(node.name.value)")
        write(argumentsOf: node.arguments)
        write("\(node.isRepeatable ? " repeatable" : "") on ")
        write(node.locations.map(\.value).joined(separator: " | "))
    }

    private mutating func write(_ node: FieldDefinitionNode) {
        writeDescription(node.description)
        write(node.name.value)
        write(argumentsOf: node.arguments)
        write(": \(node.type.text)")
        writeDirectives(node.directives)
    }

    /// Writes argument definitions on one line, or a line each if one of them has several.
    private mutating func write(argumentsOf definitions: [InputValueDefinitionNode]) {
        let arguments = definitions.map(\.text)
        if arguments.contains(where: { $0.utf8.contains(0x0A) }) {
            writeLines(arguments, between: "(", ")") { $0.write($1) }
        } else if !arguments.isEmpty {
            write("(\(arguments.joined(separator: ", ")))")
        }
    }
}

extension InputValueDefinitionNode {
    /// The definition as GraphQL text.
    ///
    /// https://spec.graphql.org/September2025/#InputValueDefinition
    package var text: String {
        var printer = Printer()
        printer.writeDescription(description)
        printer.write("\(name.value): \(type.text)")
        if let defaultValue { printer.write(" = \(defaultValue.text)") }
        printer.writeDirectives(directives)
        return printer.text
    }
}

extension TypeKind {
    /// The word that begins a definition of the kind.
    ///
    /// https://spec.graphql.org/September2025/#TypeDefinition
    package var keyword: String {
        switch self {
        case .scalar: "scalar"
        case .object: "type"
        case .interface: "interface"
        case .union: "union"
        case .enumeration: "enum"
        case .inputObject: "input"
        }
    }
}
