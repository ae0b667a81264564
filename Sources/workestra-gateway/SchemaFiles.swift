internal import ArgumentParser
internal import Gateway
internal import GraphQL

/// The options that name the schema files.
struct SchemaFiles: ParsableArguments {
    @Option(
        name: .customLong("schema"),
        help: "A schema file, or a folder whose .graphql and .graphqls files are merged in order of name.",
        completion: .file()
    )
    var path = "schema/"

    /// Reads the files and joins them.
    ///
    /// - Throws: a `ValidationError` that names the file that cannot be read.
    func source() throws -> Source {
        try Source(files: GraphQLFiles.read([path]))
    }

    /// Reads and loads the schema; throws a `ValidationError` that describes its errors.
    func load() throws -> LoadedSchema { try load(try source()) }

    /// Loads the schema from files that have been read.
    ///
    /// - Throws: a `ValidationError` that describes the errors.
    func load(_ source: Source) throws -> LoadedSchema {
        do {
            return try LoadedSchema(source)
        } catch {
            throw ValidationError("The schema has errors.\n\(error)")
        }
    }
}
