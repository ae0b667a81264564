/// Writes documents, laid out as graphql-js's `print` does.
struct Printer {
    private(set) var text = ""
    private var indentation = ""

    /// Appends a text; its line breaks get the current indentation.
    mutating func write(_ piece: String) {
        guard piece.utf8.contains(0x0A), !indentation.isEmpty else {
            text += piece
            return
        }
        var isFirst = true
        for line in piece.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if !isFirst { breakLine() }
            text += String(Substring(line))
            isFirst = false
        }
    }

    /// Begins a new line at the current indentation.
    mutating func breakLine() {
        text += "\n"
        text += indentation
    }

    /// Writes items on lines of their own between two brackets.
    mutating func writeLines<Item>(
        _ items: [Item],
        between open: String,
        _ close: String,
        _ write: (inout Printer, Item) -> Void
    ) {
        text += open
        indentation += "  "
        for item in items {
            breakLine()
            write(&self, item)
        }
        indentation.removeLast(2)
        breakLine()
        text += close
    }

    /// Writes items in braces, one per line, after a space; writes nothing if there are none.
    mutating func writeBlock<Item>(_ items: [Item], _ write: (inout Printer, Item) -> Void) {
        if !items.isEmpty { writeLines(items, between: " {", "}", write) }
    }

    /// Writes a description on lines of its own.
    mutating func writeDescription(_ description: StringNode?) {
        guard let description else { return }
        write(description.text)
        breakLine()
    }

    /// Writes directives, a space before each.
    mutating func writeDirectives(_ directives: [DirectiveNode]) {
        for directive in directives { write(" \(directive.text)") }
    }
}

extension Document {
    /// The document as GraphQL text.
    package var text: String {
        var printer = Printer()
        for (index, definition) in definitions.enumerated() {
            if index > 0 { printer.write("\n\n") }
            printer.write(definition)
        }
        return printer.text
    }
}

extension DefinitionNode {
    /// The definition as GraphQL text.
    package var text: String {
        var printer = Printer()
        printer.write(self)
        return printer.text
    }
}

extension Printer {
    /// Writes a definition of any kind.
    mutating func write(_ definition: DefinitionNode) {
        switch definition {
        case .operation(let node): write(node)
        case .fragment(let node): write(node)
        case .schema(let node): write(node)
        case .type(let node): write(node)
        case .directive(let node): write(node)
        }
    }
}
