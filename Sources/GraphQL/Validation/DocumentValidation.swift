/// The validation of one executable document: its errors, and how much work they took.
package struct DocumentValidation: Sendable {
    /// The errors, none if the document is valid.
    package let errors: [GraphQLError]
    /// The work beyond one pass over the document, in comparisons of two fields.
    ///
    /// It grows at most in proportion to the document.
    package let work: Int

    /// Validates a document; see `validate(_:schema:rules:maximumErrors:)`.
    package init(
        _ document: Document,
        schema: Schema,
        rules: RuleSet = .specified,
        maximumErrors: Int = 100
    ) {
        let context = ValidationContext(document: document, schema: schema, maximumErrors: maximumErrors)
        var walker = DocumentWalker(context: context, rules: rules)
        walker.walk()
        errors = context.errors
        work = context.work
    }
}
