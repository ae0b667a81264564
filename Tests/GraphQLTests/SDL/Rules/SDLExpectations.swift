import GraphQL
import Testing

/// Expects exactly a case's errors of the rules for type system documents.
func expectSDLErrors(_ testCase: ValidationCase, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
    let document = try Document(parsing: Source(testCase.document), limits: .unlimited)
    #expect(validateSDL(document) == testCase.errors, sourceLocation: sourceLocation)
}

/// Expects exactly a case's errors of all that makes a schema of a text.
func expectSchemaErrors(_ testCase: ValidationCase, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    var errors: [GraphQLError] = []
    do {
        _ = try Schema(sdl: Source(testCase.document))
    } catch {
        errors = error.errors
    }
    #expect(errors == testCase.errors, sourceLocation: sourceLocation)
}
