/// The context that all rules share: the document, the schema, and the errors that they report.
package final class ValidationContext {
    package let document: Document
    /// The schema that an executable document is for; for a type system document, the one that it extends or an empty one.
    package let schema: Schema
    /// Whether there is a schema from before: always for executable documents, for type system documents if they extend one.
    package let hasSchema: Bool
    /// The types at the current position; undefined in type system documents.
    // PERF: internal, so that the compiler sees all accesses and need not have them checked at run time.
    var typeInfo = TypeInfo()
    /// Whether the position is inside a type system definition or extension.
    var isInTypeSystemDefinition = false
    /// Whether the validation is aborted: there are too many errors, or it takes too much work.
    private(set) var isAborted = false
    /// The work so far beyond one pass over the document; see `spend(_:)`.
    private(set) var work = 0

    private var findings: [(message: String, ranges: [SourceRange])] = []
    private let maximumErrors: Int
    private let maximumWork: Int

    /// The variables used so far in the definition around.
    var usages: [VariableUsage] = []
    // PERF: looking for dollar signs saved the standard introspection query a quarter of its validation.
    private lazy var mentionsVariables = document.source.text.contains(UInt8(ascii: "$"))
    private var variableOrdinals: [String: Int] = [:]
    private var usesOfOperation: (operation: ObjectIdentifier, uses: [VariableUses])?
    private var usesByFragment: [Int: VariableUses] = [:]
    private var usesByRoots: [[Int]: VariableUses] = [:]
    private lazy var fragments = FragmentTable(document)

    /// A context of an executable document, or of a type system document if the schema is nil.
    package init(document: Document, schema: Schema?, maximumErrors: Int) {
        self.document = document
        self.schema = schema ?? Self.emptySchema
        self.hasSchema = schema != nil
        self.maximumErrors = maximumErrors
        maximumWork = maximumErrors == .max ? .max : Self.maximumWork(for: document)
    }

    /// A context of a type system document that extends nothing but may apply the directives of a prelude.
    init(document: Document, prelude: Schema?) {
        self.document = document
        schema = prelude ?? Self.emptySchema
        hasSchema = false
        maximumErrors = .max
        maximumWork = .max
    }

    /// The most work for a document: in proportion to its length, so that the time of validation is linear.
    ///
    /// Documents in use take a hundredth of it.
    private static func maximumWork(for document: Document) -> Int { 20_000 + 8 * document.tokenCount }

    private static let emptySchema = Schema(Schema.Content())

    /// Reports an error at nodes of the document.
    package func report(_ message: String, at ranges: SourceRange...) {
        report(message, at: ranges)
    }

    /// Reports an error at nodes of the document.
    package func report(_ message: String, at ranges: [SourceRange]) {
        guard !isAborted else { return }
        guard findings.count < maximumErrors else { return abort() }
        findings.append((message, ranges))
        spend(ranges.count + message.utf8.count / 64)
    }

    /// The number of reported errors.
    var errorCount: Int { findings.count }

    /// The number of further errors that are listed; one more ends the validation.
    var remainingErrors: Int { maximumErrors - findings.count }

    /// The errors, in the order in which they were reported.
    package var errors: [GraphQLError] {
        findings.map { GraphQLError($0.message, locations: document.source.locations(of: $0.ranges)) }
    }

    /// Counts work as `spend(_:)` does, but leaves it to the caller to end the validation: it may have errors to report.
    func canSpend(_ amount: Int) -> Bool {
        work += amount
        return work <= maximumWork
    }

    /// Counts work that is not bounded by the length of the document: comparisons of pairs, paths, long errors.
    ///
    /// A unit is about as much as comparing two fields. Beyond the maximum, the validation ends.
    @discardableResult
    func spend(_ amount: Int) -> Bool {
        work += amount
        if work > maximumWork { abort() }
        return !isAborted
    }

    /// Aborts the validation of a document that has too many errors or takes too much work.
    func abort() {
        guard !isAborted else { return }
        isAborted = true
        findings.append(("Too many validation errors, error limit reached. Validation aborted.", []))
    }

    /// The fragment with a name; of several, the last.
    package func fragment(named name: String) -> FragmentDefinitionNode? {
        fragments.ordinal(of: name).map { fragments.nodes[$0] }
    }

    /// The index of the fragment with a name.
    func fragmentOrdinal(of name: String) -> Int? { fragments.ordinal(of: name) }

    /// The fragment of that number.
    func fragment(at ordinal: Int) -> FragmentDefinitionNode { fragments.nodes[ordinal] }

    /// An index for the name of a variable, from 0; equal names have the same one.
    func ordinal(ofVariable name: String) -> Int {
        if let known = variableOrdinals[name] { return known }
        let ordinal = variableOrdinals.count
        variableOrdinals[name] = ordinal
        return ordinal
    }

    /// The number of names of variables with indices.
    var variableCount: Int { variableOrdinals.count }

    /// The uses of variables in the operation around, its own and those of its fragments.
    ///
    /// Complete when the operation is being left.
    func variableUses(of operation: OperationDefinitionNode) -> [VariableUses] {
        guard !usages.isEmpty || mentionsVariables else { return [] }
        if let known = usesOfOperation, known.operation == ObjectIdentifier(operation) { return known.uses }
        var uses = usages.isEmpty ? [] : [VariableUses(usages)]
        let roots = fragments.fragments(spreadIn: operation.selectionSet)
        if !roots.isEmpty { uses.append(variableUses(inFragments: roots)) }
        usesOfOperation = (ObjectIdentifier(operation), uses)
        return uses
    }

    /// The uses in fragments and in those that they spread.
    private func variableUses(inFragments roots: [Int]) -> VariableUses {
        if let known = usesByRoots[roots] { return known }
        var parts: [VariableUses] = []
        let reachable = fragments.reachable(from: roots)
        spend(reachable.count / 8)
        for ordinal in reachable {
            let uses = variableUses(inFragment: ordinal)
            if !uses.distinct.isEmpty { parts.append(uses) }
        }
        let joined = VariableUses(joining: parts)
        spend(joined.distinct.count / 4)
        usesByRoots[roots] = joined
        return joined
    }

    private func variableUses(inFragment ordinal: Int) -> VariableUses {
        if let known = usesByFragment[ordinal] { return known }
        let range = fragments.nodes[ordinal].range
        let text = document.source.text.prefix(Int(range.end)).dropFirst(Int(range.start))
        guard text.contains(UInt8(ascii: "$")) else {
            let none = VariableUses([])
            usesByFragment[ordinal] = none
            return none
        }
        // The outer pass is at another position, and continues after this one.
        let outer = (typeInfo, usages)
        typeInfo = TypeInfo()
        var walker = DocumentWalker(context: self, rules: .none)
        walker.visit(fragments.nodes[ordinal])
        let found = VariableUses(usages)
        (typeInfo, usages) = outer
        usesByFragment[ordinal] = found
        return found
    }
}
