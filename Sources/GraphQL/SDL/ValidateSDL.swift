/// Checks a type system document before a schema is built from it; the errors are graphql-js's, in its order.
///
/// https://spec.graphql.org/September2025/#sec-Type-System-Documents
///
/// - Parameters:
///   - document: The document; executable definitions in it are checked by those rules that concern them.
///   - preludes: Define directives that the document may apply.
///   - schema: The schema that the document extends, if it is no schema by itself; has its own preludes.
/// - Returns: All errors; none if a schema can be built.
package func validateSDL(
    _ document: Document,
    preludes: [Document] = [],
    extending schema: Schema? = nil
) -> [GraphQLError] {
    let context =
        schema.map { ValidationContext(document: document, schema: $0, maximumErrors: .max) }
        ?? ValidationContext(
            document: document,
            prelude: preludes.isEmpty ? nil : preludeSchema(preludes, for: document)
        )
    var walker = DocumentWalker(context: context, rules: .specifiedSDL)
    walker.walk()
    return context.errors
}

/// A schema of nothing but the directives of preludes.
private func preludeSchema(_ preludes: [Document], for document: Document) -> Schema {
    SchemaBuilder(document: Document(definitions: [], source: document.source), preludes: preludes).build()
}

extension RuleSet {
    /// The rules of the specification for type system documents, in graphql-js's order.
    package static let specifiedSDL = RuleSet([
        LoneSchemaDefinition.self,
        UniqueOperationTypes.self,
        UniqueTypeNames.self,
        UniqueEnumValueNames.self,
        UniqueFieldDefinitionNames.self,
        UniqueArgumentDefinitionNames.self,
        UniqueDirectiveNames.self,
        KnownTypeNames.self,
        KnownDirectives.self,
        UniqueDirectivesPerLocation.self,
        PossibleTypeExtensions.self,
        KnownArgumentNamesOnDirectives.self,
        UniqueArgumentNames.self,
        UniqueInputFieldNames.self,
        ProvidedRequiredArgumentsOnDirectives.self,
    ])
}
