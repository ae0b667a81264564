/// The one walk over a document that all rules share: depth first, in the order of the text.
///
/// At each node the rules are called in their order, those that skip the surroundings left out; `TypeInfo` changes before
/// the first rule enters a node and after the last one has left it.
struct DocumentWalker {
    let context: ValidationContext
    private let rules: RuleSet
    private var made: [(any ValidationRule)?]
    /// Rules that see nothing of the inside of a node that is being visited.
    private var skipping: RuleSet.Members = 0

    init(context: ValidationContext, rules: RuleSet) {
        self.context = context
        self.rules = rules
        made = Array(repeating: nil, count: rules.types.count)
    }

    /// Walks over the whole document.
    mutating func walk() {
        let document = context.document
        let skipped = enter(.document) { $0.enter(document: document) }
        for definition in document.definitions where !context.isAborted { visit(definition) }
        leave(.document, skipped) { $0.leave(document: document) }
    }

    private mutating func visit(_ definition: DefinitionNode) {
        switch definition {
        case .operation(let node): visit(node)
        case .fragment(let node): visit(node)
        case .schema, .type, .directive:
            context.isInTypeSystemDefinition = true
            visit(typeSystemDefinition: definition)
            context.isInTypeSystemDefinition = false
        }
    }

    /// Lets the interested rules enter a node; returns those that skip its inside.
    mutating func enter(_ kind: NodeKinds, _ call: (any ValidationRule) -> VisitAction) -> RuleSet.Members {
        var interested = rules.entering[kind.index] & ~skipping
        guard interested != 0 else { return 0 }
        var skipped: RuleSet.Members = 0
        while interested != 0 {
            let position = interested.trailingZeroBitCount
            interested &= interested - 1
            if call(rule(at: position)) == .skip { skipped |= 1 << RuleSet.Members(position) }
        }
        skipping |= skipped
        return skipped
    }

    /// Makes the interested rules leave a node, and ends the skips of rules that skipped its contents.
    mutating func leave(_ kind: NodeKinds, _ skipped: RuleSet.Members, _ call: (any ValidationRule) -> Void) {
        var interested = rules.leaving[kind.index] & ~skipping
        while interested != 0 {
            let position = interested.trailingZeroBitCount
            interested &= interested - 1
            call(rule(at: position))
        }
        leave(skipped)
    }

    /// Ends the skips of rules that skipped the contents of a node.
    mutating func leave(_ skipped: RuleSet.Members) {
        skipping &= ~skipped
    }

    private mutating func rule(at position: Int) -> any ValidationRule {
        if let rule = made[position] { return rule }
        let rule = rules.types[position].init(context)
        made[position] = rule
        return rule
    }
}
