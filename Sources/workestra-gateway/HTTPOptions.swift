internal import ArgumentParser
internal import FoundationEssentials
internal import Gateway
internal import GatewayServer

/// The options of HTTP, and of the documents that are executed.
struct HTTPOptions: ParsableArguments {
    @Option(name: .customLong("max-body-bytes"), help: "The most bytes of a request's body, also after decompression.")
    var maximumBodyBytes: Int = 1 << 20

    @Option(
        name: .customLong("max-batch"),
        help: "The most requests in one body, sent as a JSON array; 0: none are accepted."
    )
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
        help: "Serve GETs that a page of another site could make a browser send."
    )
    var noCSRFPrevention = false

    @Option(
        name: .customLong("allowed-host"),
        help: """
            A host name under which clients may call without a credential of their own where the gateway has configured keys; \
            repeat it for several. IP addresses and localhost are always allowed.
            """
    )
    var allowedHosts: [String] = []

    @Option(
        name: .customLong("client-max-age"),
        help: "The seconds for which clients may reuse a response without asking again; 0: they always ask."
    )
    var clientMaximumAge: Int = 0

    @Option(
        name: .customLong("max-connections"),
        help: "The most open connections; as many as the limit of open files allows, at most 20000, if not given."
    )
    var maximumConnections: Int?

    @Option(
        name: .customLong("max-connections-per-address"),
        help: "The most open connections of one client address; three quarters of all if not given."
    )
    var maximumConnectionsPerAddress: Int?

    @Option(help: "The most megabytes of requests that are arriving or in progress.")
    var requestMegabytes: Int = 256

    @Option(help: "The most megabytes of responses that clients have not read yet.")
    var unreadResponseMegabytes: Int = 256

    @Option(help: "The seconds that requests in progress may take after the drain delay; then they are cut off.")
    var drainTimeout: Int = 20

    @Option(help: "Compress responses of at least this many bytes, for clients that accept gzip.")
    var compressionThreshold: Int = 1024

    @Flag(help: "Do not compress responses.")
    var noCompression = false

    @Flag(help: "Do not store documents by hash (automatic persisted queries).")
    var noPersistedQueries = false

    @Option(help: "The most megabytes of documents stored by hash.")
    var persistedQueryMegabytes: Int = 8

    @Option(
        help: "A manifest of trusted documents: a JSON object of texts by id, or an Apollo manifest.",
        completion: .file()
    )
    var trustedDocuments: String?

    @Flag(help: "Execute trusted documents only.")
    var trustedDocumentsOnly = false

    @Flag(help: "Refuse documents that ask for the schema (__schema, __type).")
    var noIntrospection = false

    func validate() throws {
        try OptionBound.checkPositive([
            "max-body-bytes": maximumBodyBytes, "persisted-query-megabytes": persistedQueryMegabytes,
            "max-connections": maximumConnections, "max-connections-per-address": maximumConnectionsPerAddress,
            "request-megabytes": requestMegabytes, "unread-response-megabytes": unreadResponseMegabytes,
        ])
        guard maximumBatch >= 0, corsMaximumAge >= 0, compressionThreshold >= 0 else {
            throw ValidationError("--max-batch, --cors-max-age and --compression-threshold cannot be negative.")
        }
        guard drainTimeout >= 0, clientMaximumAge >= 0 else {
            throw ValidationError("--drain-timeout and --client-max-age cannot be negative.")
        }
        try checkBounds()
        for host in allowedHosts where AllowedHost.name(of: host) == nil {
            throw ValidationError("--allowed-host \(host) is no host name: give it without scheme, port and path.")
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

    /// Refuses numbers that are too great.
    private func checkBounds() throws {
        let seconds: KeyValuePairs<String, Int?> = [
            "drain-timeout": drainTimeout, "client-max-age": clientMaximumAge, "cors-max-age": corsMaximumAge,
        ]
        try OptionBound.check(seconds, atMost: OptionBound.seconds)
        let megabytes: KeyValuePairs<String, Int?> = [
            "request-megabytes": requestMegabytes, "unread-response-megabytes": unreadResponseMegabytes,
            "persisted-query-megabytes": persistedQueryMegabytes,
        ]
        try OptionBound.check(megabytes, atMost: OptionBound.megabytes)
        let bytes: KeyValuePairs<String, Int?> = [
            "max-body-bytes": maximumBodyBytes, "compression-threshold": compressionThreshold,
        ]
        try OptionBound.check(bytes, atMost: OptionBound.bytes)
        let counts: KeyValuePairs<String, Int?> = [
            "max-batch": maximumBatch, "max-connections": maximumConnections,
            "max-connections-per-address": maximumConnectionsPerAddress,
        ]
        try OptionBound.check(counts, atMost: OptionBound.count)
    }

    /// The server's options.
    func server(threads: Int?, descriptors: DescriptorPlan) -> HTTPServerOptions {
        var options = HTTPServerOptions()
        options.threads = threads
        options.maximumBodyBytes = maximumBodyBytes
        options.graphQL.maximumBatch = maximumBatch
        options.filters.preventsCrossSiteRequests = !noCSRFPrevention
        options.filters.compressionThreshold = noCompression ? nil : compressionThreshold
        options.filters.allowedHosts = Set(allowedHosts.compactMap { AllowedHost.name(of: $0) })
        options.graphQL.clientMaximumAge = clientMaximumAge
        options.limits.connections = ConnectionCounts(
            maximum: descriptors.clientConnections,
            maximumPerAddress: maximumConnectionsPerAddress
        )
        options.limits.maximumRequestBytes = requestMegabytes << 20
        options.limits.maximumUnreadBytes = unreadResponseMegabytes << 20
        options.limits.drainSeconds = drainTimeout
        if !corsOrigins.isEmpty {
            options.filters.crossOrigin = CrossOriginPolicy(origins: corsOrigins, maximumAge: corsMaximumAge)
        }
        return options
    }

    /// Returns the policy for documents; reads the manifest.
    ///
    /// - Throws: a `ValidationError` that describes the problem of the manifest.
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
