internal import JSON

/// Builds a schema from the definitions and extensions of a document.
///
/// The document is one that `validateSDL` accepts. Of any other, what cannot be built is left out.
/// https://spec.graphql.org/September2025/#sec-Type-System-Documents
package struct SchemaBuilder {
    let source: Source
    private(set) var ids = BuiltInTypes.ids
    private var documentTypes: [TypeID] = []
    private var typeDefinitions: [TypeDefinitionNode] = []
    private var typeExtensions: [String: [TypeDefinitionNode]] = [:]
    private var schemaDefinition: SchemaDefinitionNode?
    private var schemaExtensions: [SchemaDefinitionNode] = []
    private var directiveDefinitions: [DirectiveDefinitionNode] = []
    private var preludeDirectives: [DirectiveDefinitionNode] = []

    /// Takes a document, and the preludes whose directives it may apply.
    ///
    /// A prelude's directives, and its types without references, are not visible to clients.
    package init(document: Document, preludes: [Document] = []) {
        source = document.source
        collectDefinitions(of: document)
        for prelude in preludes { collectDefinitions(ofPrelude: prelude) }
    }

    private mutating func collectDefinitions(of document: Document) {
        for definition in document.definitions {
            switch definition {
            case .operation, .fragment: break
            case .schema(let node) where node.isExtension: schemaExtensions.append(node)
            case .schema(let node): schemaDefinition = node
            case .type(let node) where node.isExtension: typeExtensions[node.name.value, default: []].append(node)
            case .type(let node): documentTypes.append(register(node))
            case .directive(let node): directiveDefinitions.append(node)
            }
        }
    }

    private mutating func collectDefinitions(ofPrelude document: Document) {
        for definition in document.definitions {
            switch definition {
            case .operation, .fragment, .schema: break
            case .type(let node): if !node.isExtension { _ = register(node) }
            case .directive(let node): preludeDirectives.append(node)
            }
        }
    }

    /// Gives a type its identity; one that is known has it already, as a built-in scalar does that a document repeats.
    private mutating func register(_ node: TypeDefinitionNode) -> TypeID {
        if let known = ids[node.name.value] { return known }
        let id = TypeID(index: BuiltInTypes.all.count + typeDefinitions.count)
        ids[node.name.value] = id
        typeDefinitions.append(node)
        return id
    }

    /// The schema, which may be invalid: see `validateSchema`.
    package func build() -> Schema { Schema(content()) }

    /// The content of the schema.
    func content() -> Schema.Content {
        let drafted = content(defaults: [:])
        // Values can be coerced only now that all types are known.
        let draft = Schema(drafted)
        return content(defaults: draft.coerceDefaults(of: draft.inputValuesWithDefaults), draft: drafted.types)
    }

    /// The content of the schema; types of a draft, whose defaults are not coerced, are taken over if they have no defaults.
    private func content(defaults: [ObjectIdentifier: JSONValue], draft: [NamedType] = []) -> Schema.Content {
        let definitions = DefinitionBuilder(ids: ids, defaults: defaults)
        var content = Schema.Content()
        content.source = source
        for node in typeDefinitions {
            let id = TypeID(index: content.types.count)
            if content.types.count < draft.count, !draft[content.types.count].hasDefaults {
                content.types.append(draft[content.types.count])
                continue
            }
            content.types.append(definitions.type(id, node, extensions: typeExtensions[node.name.value] ?? []))
        }
        content.documentTypes = documentTypes
        content.directives = directiveDefinitions.map { definitions.directive($0) }
        let defined = Set(content.directives.map(\.name))
        content.directives += BuiltInDirectives.all.filter { !defined.contains($0.name) }
        content.preludeDirectives = preludeDirectives.map { definitions.directive($0) }
        content.description = schemaDefinition?.description?.value
        content.definitions = (schemaDefinition.map { [$0] } ?? []) + schemaExtensions
        setRootTypes(of: &content)
        return content
    }

    private func setRootTypes(of content: inout Schema.Content) {
        for node in content.definitions {
            for operationType in node.operationTypes {
                let type = ids[operationType.type.name.value]
                switch operationType.operation {
                case .query: content.queryType = type
                case .mutation: content.mutationType = type
                case .subscription: content.subscriptionType = type
                }
            }
        }
        // https://spec.graphql.org/September2025/#sec-Root-Operation-Types.Default-Root-Operation-Type-Names
        if schemaDefinition == nil {
            content.queryType = documentType(named: "Query") ?? content.queryType
            content.mutationType = documentType(named: "Mutation") ?? content.mutationType
            content.subscriptionType = documentType(named: "Subscription") ?? content.subscriptionType
        }
    }

    private func documentType(named name: String) -> TypeID? {
        ids[name].flatMap { documentTypes.contains($0) ? $0 : nil }
    }
}

extension NamedType {
    /// Whether an argument or input field has a default.
    fileprivate var hasDefaults: Bool {
        inputFields.contains { $0.defaultValue != nil }
            || fields.contains { $0.arguments.contains { $0.defaultValue != nil } }
    }
}

extension Schema {
    /// The arguments and input fields that have a default.
    fileprivate var inputValuesWithDefaults: [InputValueDefinition] {
        let values =
            types.flatMap { type in Array(type.inputFields) + type.fields.flatMap { Array($0.arguments) } }
            + directives.flatMap { Array($0.arguments) } + preludeDirectives.flatMap { Array($0.arguments) }
        return values.filter { $0.defaultValue != nil }
    }
}
