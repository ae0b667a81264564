/// Checks an executable document against a schema.
///
/// https://spec.graphql.org/September2025/#sec-Validation
///
/// Messages, locations and order are those of graphql-js. After the maximum number of errors, or if the document takes
/// much more work than one pass over it, one more error states that the validation was aborted.
package func validate(
    _ document: Document,
    schema: Schema,
    rules: RuleSet = .specified,
    maximumErrors: Int = 100
) -> [GraphQLError] {
    DocumentValidation(document, schema: schema, rules: rules, maximumErrors: maximumErrors).errors
}

extension RuleSet {
    /// The rules of the specification for executable documents, in graphql-js's order.
    package static let specified = RuleSet([
        ExecutableDefinitions.self,
        KnownOperationTypes.self,
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
        DeferStreamDirectiveOnRootField.self,
        DeferStreamDirectiveOnValidOperations.self,
        DeferStreamDirectiveLabel.self,
        StreamDirectiveOnListField.self,
        KnownArgumentNames.self,
        UniqueArgumentNames.self,
        ValuesOfCorrectType.self,
        ProvidedRequiredArguments.self,
        VariablesInAllowedPosition.self,
        OverlappingFieldsCanBeMerged.self,
        UniqueInputFieldNames.self,
    ])
}
