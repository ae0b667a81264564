/// The limits of the fields that a document selects.
///
/// Tokens and nesting of the text are the parser's affair: see `ParserLimits`.
package struct DocumentLimits: Sendable, Hashable {
    /// The greatest depth of fields, with fragments spread.
    package var maximumDepth = 30
    /// The most aliases of an operation once fragments are spread.
    package var maximumAliases = 1000
    /// The most fields at the root of an operation once fragments are spread.
    package var maximumRootFields = 500
    /// The most directives at one location.
    package var maximumDirectives = 20
    /// The greatest depth of nested introspection lists (fields, interfaces, possible types, input fields).
    package var maximumIntrospectionDepth = 4

    package init() {}

    /// The limits that a parsed document exceeds; it need not be valid, and fragments may even contain themselves.
    ///
    /// - Parameters:
    ///   - document: the document, which may have thousands of operations.
    ///   - maximum: the most errors that are listed.
    /// - Returns: the first errors.
    package func errors(in document: Document, atMost maximum: Int = 100) -> [GraphQLError] {
        var measurement = DocumentMeasurement(document)
        var findings: [(message: String, range: SourceRange)] = []
        for definition in document.definitions where findings.count < maximum {
            guard case .operation(let operation) = definition else { continue }
            let size = measurement.size(of: operation.selectionSet)
            let name = operation.name.map { "operation \"\($0.value)\"" } ?? "operation"
            func check(_ found: Int, _ limit: Int, _ what: String) {
                guard found > limit else { return }
                let message = "The \(name) \(what); the limit is \(limit). Ask for less at once."
                findings.append((message, operation.range))
            }
            check(size.depth, maximumDepth, "nests fields \(shown(size.depth)) deep")
            check(size.aliases, maximumAliases, "has \(shown(size.aliases)) aliases")
            check(size.fields, maximumRootFields, "has \(shown(size.fields)) root fields")
            let introspection = measurement.introspectionDepth(of: operation.selectionSet)
            check(introspection, maximumIntrospectionDepth, "nests lists of introspection \(shown(introspection)) deep")
        }
        if let node = measurement.mostDirectives, node.count > maximumDirectives {
            let message =
                "There are \(node.count) directives in one place; the limit is \(maximumDirectives). Use fewer."
            findings.append((message, node.range))
        }
        return findings.prefix(maximum).map { GraphQLError($0.message, at: [$0.range], in: document.source) }
    }

    private func shown(_ number: Int) -> String { number == .max ? "countless" : "\(number)" }
}
