/// What all rules know of a document, and where they report its errors.
package final class ValidationContext {
    package let document: Document
    /// The schema that an executable document is for; for a type system document, the one that it extends or an empty one.
    package let schema: Schema
    /// Whether there is a schema from before: always for executable documents, for type system documents if they extend one.
    package let hasSchema: Bool
    /// Where the walk stands; of no meaning in type system documents.
    package internal(set) var typeInfo = TypeInfo()
    /// Whether the walk stands inside a type system definition or extension.
    package internal(set) var isInTypeSystemDefinition = false
    package private(set) var errors: [GraphQLError] = []
    /// Whether there are so many errors that the rest of the document does not matter.
    package private(set) var isAborted = false

    private let maximumErrors: Int

    /// The variables used so far in the definition around.
    var usages: [VariableUsage] = []
    private var variableOrdinals: [String: Int] = [:]
    private var usagesOfOperation: (operation: ObjectIdentifier, usages: [VariableUsage])?
    private var usagesByFragment: [Int: [VariableUsage]] = [:]
    private lazy var fragments = FragmentTable(document)

    /// A context of an executable document, or of a type system document if the schema is nil.
    package init(document: Document, schema: Schema?, maximumErrors: Int) {
        self.document = document
        self.schema = schema ?? Self.emptySchema
        self.hasSchema = schema != nil
        self.maximumErrors = maximumErrors
    }

    /// A context of a type system document that extends nothing but may apply the directives of preludes.
    init(document: Document, preludes: [Document]) {
        self.document = document
        let prelude = SchemaBuilder(document: Document(definitions: [], source: document.source), preludes: preludes)
        schema = preludes.isEmpty ? Self.emptySchema : prelude.build()
        hasSchema = false
        maximumErrors = .max
    }

    private static let emptySchema = Schema(Schema.Content())

    /// Reports an error at nodes of the document.
    package func report(_ message: String, at ranges: SourceRange...) {
        report(message, at: ranges)
    }

    /// Reports an error at nodes of the document.
    package func report(_ message: String, at ranges: [SourceRange]) {
        guard !isAborted else { return }
        guard errors.count < maximumErrors else {
            isAborted = true
            errors.append(GraphQLError("Too many validation errors, error limit reached. Validation aborted."))
            return
        }
        errors.append(GraphQLError(message, at: ranges, in: document.source))
    }

    /// The fragment of that name; of several, the last.
    package func fragment(named name: String) -> FragmentDefinitionNode? {
        fragments.ordinal(of: name).map { fragments.nodes[$0] }
    }

    /// A number for the name of a variable: the same name, the same number; counted from zero.
    func ordinal(ofVariable name: String) -> Int {
        if let known = variableOrdinals[name] { return known }
        let ordinal = variableOrdinals.count
        variableOrdinals[name] = ordinal
        return ordinal
    }

    /// How many names of variables have numbers.
    var variableCount: Int { variableOrdinals.count }

    /// The variables that the operation around uses itself and through its fragments; complete when it is being left.
    func variableUsages(of operation: OperationDefinitionNode) -> [VariableUsage] {
        if let known = usagesOfOperation, known.operation == ObjectIdentifier(operation) { return known.usages }
        var all = usages
        for fragment in fragments.reachable(from: operation.selectionSet) { all += usages(inFragment: fragment) }
        usagesOfOperation = (ObjectIdentifier(operation), all)
        return all
    }

    private func usages(inFragment ordinal: Int) -> [VariableUsage] {
        if let known = usagesByFragment[ordinal] { return known }
        // The walk around stands elsewhere and goes on after this one.
        let outer = (typeInfo, usages)
        typeInfo = TypeInfo()
        var walker = DocumentWalker(context: self, rules: .none)
        walker.visit(fragments.nodes[ordinal])
        let found = usages
        (typeInfo, usages) = outer
        usagesByFragment[ordinal] = found
        return found
    }
}
