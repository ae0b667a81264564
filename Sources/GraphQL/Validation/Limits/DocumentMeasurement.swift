/// Measures selection sets with their fragments spread; each fragment is measured once.
struct DocumentMeasurement {
    /// The size of a selection set.
    struct Size {
        /// The depth of fields.
        var depth = 0
        /// Aliases at any depth.
        var aliases = 0
        /// Fields of the selection set itself.
        var fields = 0
        /// The depth of nested fields with the names of introspection lists.
        var introspectionDepth = 0

        /// Adds the size of another selection in the same set.
        mutating func add(_ other: Size) {
            depth = max(depth, other.depth)
            aliases = aliases.saturatingSum(other.aliases)
            fields = fields.saturatingSum(other.fields)
            introspectionDepth = max(introspectionDepth, other.introspectionDepth)
        }
    }

    /// The most selection sets in one another that are followed; the stack of a thread has room for several times as many.
    ///
    /// The parser bounds the nesting of one definition, but a chain of fragments adds theirs.
    private static let maximumNesting = 2500

    private let fragments: [String: FragmentDefinitionNode]
    /// The number of selection sets around the current one.
    private var nesting = 0
    private var sizes: [String: Size] = [:]
    private var pending: Set<String> = []
    /// The depths of introspection lists in fragments at the root; see `introspectionDepth(of:)`.
    private var rootIntrospectionDepths: [String: Int] = [:]
    /// The location with the most directives; nil: there are no directives.
    private(set) var mostDirectives: (count: Int, range: SourceRange)?

    init(_ document: Document) {
        var fragments: [String: FragmentDefinitionNode] = [:]
        var applied: [[DirectiveNode]] = []
        for definition in document.definitions {
            switch definition {
            case .fragment(let fragment):
                fragments[fragment.name.value] = fragment
                applied.append(fragment.directives)
            case .operation(let operation):
                applied.append(operation.directives)
                applied += operation.variableDefinitions.map(\.directives)
            case .schema, .type, .directive:
                break
            }
        }
        self.fragments = fragments
        for directives in applied { note(directives) }
    }

    private mutating func note(_ directives: [DirectiveNode]) {
        guard let first = directives.first, directives.count > mostDirectives?.count ?? 0 else { return }
        mostDirectives = (directives.count, first.range)
    }

    /// Measures a selection set; each fragment is measured once.
    ///
    /// - Returns: the size; with the greatest depth where selection sets nest too deep to be followed.
    mutating func size(of selectionSet: SelectionSetNode) -> Size {
        guard nesting < Self.maximumNesting else { return Size(depth: .max) }
        nesting += 1
        defer { nesting -= 1 }
        var size = Size()
        for selection in selectionSet.selections {
            switch selection {
            case .field(let field):
                note(field.directives)
                size.add(self.size(of: field))
            case .inlineFragment(let fragment):
                note(fragment.directives)
                size.add(self.size(of: fragment.selectionSet))
            case .fragmentSpread(let spread):
                note(spread.directives)
                size.add(self.size(ofFragment: spread.name.value))
            }
        }
        return size
    }

    /// The depth of introspection lists below the fields `__schema` and `__type` of a root selection set.
    mutating func introspectionDepth(of set: SelectionSetNode) -> Int {
        guard nesting < Self.maximumNesting else { return .max }
        nesting += 1
        defer { nesting -= 1 }
        var depth = 0
        for selection in set.selections {
            switch selection {
            case .field(let field):
                guard field.name.value == "__schema" || field.name.value == "__type" else { continue }
                depth = max(depth, size(of: field).introspectionDepth)
            case .inlineFragment(let fragment):
                depth = max(depth, introspectionDepth(of: fragment.selectionSet))
            case .fragmentSpread(let spread):
                depth = max(depth, introspectionDepth(ofFragment: spread.name.value))
            }
        }
        return depth
    }

    private mutating func introspectionDepth(ofFragment name: String) -> Int {
        if let known = rootIntrospectionDepths[name] { return known }
        // Zero for now, in case the fragment contains itself, which validation refuses.
        rootIntrospectionDepths[name] = 0
        guard let fragment = fragments[name] else { return 0 }
        let depth = introspectionDepth(of: fragment.selectionSet)
        rootIntrospectionDepths[name] = depth
        return depth
    }

    private mutating func size(of field: FieldNode) -> Size {
        var size = field.selectionSet.map { self.size(of: $0) } ?? Size()
        size.depth = size.depth.saturatingSum(1)
        size.fields = 1
        if field.alias != nil { size.aliases = size.aliases.saturatingSum(1) }
        if field.isNamedLikeIntrospectionList { size.introspectionDepth = size.introspectionDepth.saturatingSum(1) }
        return size
    }

    private mutating func size(ofFragment name: String) -> Size {
        if let known = sizes[name] { return known }
        // A fragment that contains itself is refused by validation; here it must only end.
        guard let fragment = fragments[name], pending.insert(name).inserted else { return Size() }
        let size = size(of: fragment.selectionSet)
        pending.remove(name)
        sizes[name] = size
        return size
    }
}

extension FieldNode {
    fileprivate var isNamedLikeIntrospectionList: Bool {
        // PERF: the length excludes almost all other names.
        switch name.value.utf8.count {
        case 6: name.value == "fields"
        case 10: name.value == "interfaces"
        case 11: name.value == "inputFields"
        case 13: name.value == "possibleTypes"
        default: false
        }
    }
}

extension Int {
    /// The sum, or the largest number if that is exceeded.
    fileprivate func saturatingSum(_ other: Int) -> Int {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }
}
