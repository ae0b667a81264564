internal import ArgumentParser
internal import Foundation
internal import Gateway
internal import GatewayServer

/// What the HTTP door takes and gives, and which documents it executes.
struct HTTPOptions: ParsableArguments {
    @Option(help: "The most bytes of a request's body, also after decompression.")
    var maximumBodyBytes: Int = 1 << 20

    @Option(help: "The most requests in one body, sent as a JSON array; 0 takes no arrays.")
    var maximumBatch: Int = 0

    @Option(
        name: .customLong("cors-origin"),
        help: "An origin whose pages may call, such as https://app.example.com; repeat it for several; * for all."
    )
    var corsOrigins: [String] = []

    @Option(name: .customLong("cors-max-age"), help: "The seconds for which browsers may remember what CORS allows.")
    var corsMaximumAge: Int = 7200

    @Flag(
        name: .customLong("no-csrf-prevention"),
        help: "Answer GETs that a page of another site could make a browser send."
    )
    var noCSRFPrevention = false

    @Option(help: "The bytes from which on responses are compressed for clients that take gzip.")
    var compressionThreshold: Int = 1024

    @Flag(help: "Compress no responses.")
    var noCompression = false

    @Flag(help: "Keep no documents by hash (automatic persisted queries).")
    var noPersistedQueries = false

    @Option(help: "The most megabytes of documents kept by hash.")
    var persistedQueryMegabytes: Int = 8

    @Option(help: "A manifest of trusted documents: a JSON object of texts by id, or an Apollo manifest.")
    var trustedDocuments: String?

    @Flag(help: "Execute trusted documents only.")
    var trustedDocumentsOnly = false

    @Flag(help: "Refuse documents that ask for the schema (__schema, __type).")
    var noIntrospection = false

    func validate() throws {
        guard maximumBodyBytes > 0, persistedQueryMegabytes > 0 else {
            throw ValidationError("Sizes must be greater than zero.")
        }
        guard maximumBatch >= 0, corsMaximumAge >= 0, compressionThreshold >= 0 else {
            throw ValidationError("--maximum-batch, --cors-max-age and --compression-threshold cannot be negative.")
        }
        for origin in corsOrigins where origin != "*" {
            let parts = origin.split(separator: "://", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, !parts[1].contains("/") else {
                throw ValidationError("--cors-origin \(origin) is no origin: scheme, host and port, and no path.")
            }
        }
        guard !trustedDocumentsOnly || trustedDocuments != nil else {
            throw ValidationError("--trusted-documents-only needs --trusted-documents FILE.")
        }
    }

    /// The server's options.
    func server(threads: Int?) -> HTTPServerOptions {
        var options = HTTPServerOptions()
        options.threads = threads
        options.maximumBodyBytes = maximumBodyBytes
        options.graphQL.maximumBatch = maximumBatch
        options.graphQL.preventsCrossSiteRequests = !noCSRFPrevention
        options.graphQL.compressionThreshold = noCompression ? nil : compressionThreshold
        if !corsOrigins.isEmpty {
            options.graphQL.crossOrigin = CrossOriginPolicy(origins: corsOrigins, maximumAge: corsMaximumAge)
        }
        return options
    }

    /// Which documents may be executed; reads the manifest.
    ///
    /// - Throws: a `ValidationError` that says what is wrong with the manifest.
    func documents() throws -> DocumentPolicy {
        var policy = DocumentPolicy()
        policy.allowsPersistedQueries = !noPersistedQueries
        policy.persistedQueryBytes = persistedQueryMegabytes << 20
        policy.allowsIntrospection = !noIntrospection
        policy.requiresTrusted = trustedDocumentsOnly
        if let trustedDocuments {
            guard let manifest = FileManager.default.contents(atPath: trustedDocuments) else {
                throw ValidationError("The file \(trustedDocuments) cannot be read.")
            }
            do {
                policy.trusted = try TrustedDocuments(manifest: Array(manifest))
            } catch {
                throw ValidationError("\(trustedDocuments): \(error)")
            }
        }
        return policy
    }
}
