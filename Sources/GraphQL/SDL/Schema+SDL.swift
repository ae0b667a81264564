extension Schema {
    /// Builds a schema from text in GraphQL's schema definition language and checks everything about it.
    ///
    /// - Parameters:
    ///   - source: The text.
    ///   - preludes: Define directives that the text may apply, but that clients do not see; it may repeat the definitions.
    /// - Throws: The errors of the first step that finds any.
    package convenience init(sdl source: Source, preludes: [Document] = []) throws(SchemaErrors) {
        let document: Document
        do {
            document = try Document(parsing: source, limits: .unlimited).withoutDirectives(of: preludes)
        } catch {
            throw SchemaErrors(errors: [error.graphQLError(in: source)])
        }
        try Self.refuse(validateSDL(document, preludes: preludes))
        self.init(SchemaBuilder(document: document, preludes: preludes).content())
        try Self.refuse(SpecifiedDirectiveArguments(checking: self).error.map { [$0] } ?? [])
        try Self.refuse(validateSchema(self))
        try Self.refuse(DefaultValueCheck(self).errors)
    }

    private static func refuse(_ errors: [GraphQLError]) throws(SchemaErrors) {
        if !errors.isEmpty { throw SchemaErrors(errors: errors) }
    }
}
