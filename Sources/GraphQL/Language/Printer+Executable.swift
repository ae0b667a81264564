extension Printer {
    /// Writes an operation; a query with nothing but selections in its short form.
    mutating func write(_ node: OperationDefinitionNode) {
        writeDescription(node.description)
        let isShorthand =
            node.operation == .query && node.name == nil && node.description == nil
            && node.variableDefinitions.isEmpty && node.directives.isEmpty
        guard !isShorthand else { return writeSelections(node.selectionSet) }
        write(node.operation.rawValue)
        if node.name != nil || !node.variableDefinitions.isEmpty { write(" ") }
        write(node.name?.value ?? "")
        let variables = node.variableDefinitions.map(\.text)
        if variables.contains(where: { $0.utf8.contains(0x0A) }) {
            writeLines(variables, between: "(", ")") { $0.write($1) }
        } else if !variables.isEmpty {
            write("(\(variables.joined(separator: ", ")))")
        }
        writeDirectives(node.directives)
        write(" ")
        writeSelections(node.selectionSet)
    }

    /// Writes a fragment.
    mutating func write(_ node: FragmentDefinitionNode) {
        writeDescription(node.description)
        write("fragment \(node.name.value) on \(node.typeCondition.name.value)")
        writeDirectives(node.directives)
        write(" ")
        writeSelections(node.selectionSet)
    }

    private mutating func writeSelections(_ node: SelectionSetNode) {
        writeLines(node.selections, between: "{", "}") { printer, selection in
            switch selection {
            case .field(let field): printer.write(field)
            case .fragmentSpread(let spread):
                printer.write("...\(spread.name.value)")
                printer.writeDirectives(spread.directives)
            case .inlineFragment(let fragment):
                printer.write("...")
                if let type = fragment.typeCondition { printer.write(" on \(type.name.value)") }
                printer.writeDirectives(fragment.directives)
                printer.write(" ")
                printer.writeSelections(fragment.selectionSet)
            }
        }
    }

    private mutating func write(_ field: FieldNode) {
        let name = (field.alias.map { "\($0.value): " } ?? "") + field.name.value
        let arguments = field.arguments.map(\.text)
        let line = arguments.isEmpty ? name : "\(name)(\(arguments.joined(separator: ", ")))"
        // Longer than graphql-js's limit of a line: one argument per line.
        if line.utf16.count > 80, !arguments.isEmpty {
            write(name)
            writeLines(arguments, between: "(", ")") { $0.write($1) }
        } else {
            write(line)
        }
        writeDirectives(field.directives)
        if let selectionSet = field.selectionSet {
            write(" ")
            writeSelections(selectionSet)
        }
    }
}

extension VariableDefinitionNode {
    /// The definition as GraphQL text.
    ///
    /// https://spec.graphql.org/September2025/#VariableDefinition
    package var text: String {
        var printer = Printer()
        printer.writeDescription(description)
        printer.write("$\(variable.name.value): \(type.text)")
        if let defaultValue { printer.write(" = \(defaultValue.text)") }
        printer.writeDirectives(directives)
        return printer.text
    }
}
