internal import ArgumentParser
internal import Gateway
internal import GraphQL

/// The schema files that a command is given.
struct SchemaFiles: ParsableArguments {
    @Option(
        name: .customLong("schema"),
        help: "A schema file, or a folder whose .graphql files are merged in order of name.",
        completion: .file()
    )
    var path = "schema/"

    /// Reads the files and joins them.
    ///
    /// - Throws: a `ValidationError` that names what cannot be read.
    func source() throws -> Source {
        try Source(files: GraphQLFiles.read([path]))
    }

    /// Loads the schema; prints what is wrong with it.
    func load() throws -> LoadedSchema { try load(try source()) }

    /// Loads the schema of files that have been read.
    ///
    /// - Throws: a `ValidationError` that says what is wrong with it.
    func load(_ source: Source) throws -> LoadedSchema {
        do {
            return try LoadedSchema(source)
        } catch {
            throw ValidationError("The schema has errors.\n\(error)")
        }
    }
}
