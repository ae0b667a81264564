/// Checks an executable document against a schema.
///
/// https://spec.graphql.org/September2025/#sec-Validation
///
/// Messages, locations and order are those of graphql-js. After the maximum number of errors, one more tells that the
/// validation was aborted.
package func validate(
    _ document: Document,
    schema: Schema,
    rules: RuleSet = .specified,
    maximumErrors: Int = 100
) -> [GraphQLError] {
    let context = ValidationContext(document: document, schema: schema, maximumErrors: maximumErrors)
    var walker = DocumentWalker(context: context, rules: rules)
    walker.walk()
    return context.errors
}

extension RuleSet {
    /// The rules of the specification for executable documents, in graphql-js's order.
    package static let specified = RuleSet([
        ExecutableDefinitions.self,
        UniqueOperationNames.self,
        LoneAnonymousOperation.self,
        SingleFieldSubscriptions.self,
        KnownTypeNames.self,
        FragmentsOnCompositeTypes.self,
        VariablesAreInputTypes.self,
        ScalarLeafs.self,
        FieldsOnCorrectType.self,
        UniqueFragmentNames.self,
        KnownFragmentNames.self,
        NoUnusedFragments.self,
        PossibleFragmentSpreads.self,
        NoFragmentCycles.self,
        UniqueVariableNames.self,
        NoUndefinedVariables.self,
        NoUnusedVariables.self,
        KnownDirectives.self,
        UniqueDirectivesPerLocation.self,
        KnownArgumentNames.self,
        UniqueArgumentNames.self,
        ValuesOfCorrectType.self,
        ProvidedRequiredArguments.self,
        VariablesInAllowedPosition.self,
        OverlappingFieldsCanBeMerged.self,
        UniqueInputFieldNames.self,
    ])
}
