internal import ArgumentParser
internal import GraphQL

/// The limits of one document.
struct DocumentLimitOptions: ParsableArguments {
    @Option(help: "The most tokens of a document.")
    var maxTokens: Int = 15_000

    @Option(help: "How deep fields may nest, with fragments spread.")
    var maxDepth: Int = 30

    @Option(help: "The most aliases of an operation, with fragments spread.")
    var maxAliases: Int = 1000

    @Option(help: "The most fields at the root of an operation.")
    var maxRootFields: Int = 500

    @Option(help: "The most directives in one place.")
    var maxDirectives: Int = 20

    @Option(help: "How often the lists of introspection may nest.")
    var maxIntrospectionDepth: Int = 4

    func validate() throws {
        let counts: KeyValuePairs<String, Int?> = [
            "max-tokens": maxTokens, "max-depth": maxDepth, "max-aliases": maxAliases,
            "max-root-fields": maxRootFields, "max-directives": maxDirectives,
            "max-introspection-depth": maxIntrospectionDepth,
        ]
        try OptionBound.checkPositive(counts)
        try OptionBound.check(counts, atMost: OptionBound.count)
    }

    /// Whether any of them is not as without options.
    var areChanged: Bool {
        guard let usual = try? DocumentLimitOptions.parse([]) else { return false }
        return numbers != usual.numbers
    }

    private var numbers: [Int] {
        [maxTokens, maxDepth, maxAliases, maxRootFields, maxDirectives, maxIntrospectionDepth]
    }

    /// The limits of a document's text.
    var parser: ParserLimits { ParserLimits(maximumTokens: maxTokens) }

    /// The limits of a document's operations.
    var limits: DocumentLimits {
        var limits = DocumentLimits()
        limits.maximumDepth = maxDepth
        limits.maximumAliases = maxAliases
        limits.maximumRootFields = maxRootFields
        limits.maximumDirectives = maxDirectives
        limits.maximumIntrospectionDepth = maxIntrospectionDepth
        return limits
    }
}
