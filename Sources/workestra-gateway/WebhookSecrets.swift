internal import Configuration
private import FoundationEssentials
internal import Gateway
internal import Upstream

/// Reads the secrets of webhooks from files and environment variables.
enum WebhookSecrets {
    /// Returns the verification settings of the workspaces' webhooks.
    ///
    /// - Parameters:
    ///   - file: the configuration file; nil: none.
    ///   - loaded: the schema; nil: it is invalid, which is reported elsewhere.
    /// - Returns: the settings of the workspaces that have a webhook, in order.
    /// - Throws: each secret that cannot be read.
    static func options(
        _ file: ConfigurationFile?,
        _ loaded: LoadedSchema?
    ) throws(ConfigurationProblems) -> [WebhookOptions] {
        var (all, problems): ([WebhookOptions], ConfigurationProblems) = ([], ConfigurationProblems())
        for workspace in file?.workspaces ?? [] {
            guard let webhook = workspace.webhook else { continue }
            if let loaded, loaded.bindings.events.conventions == nil {
                let words = "The schema says nothing of webhooks: it needs @webhook."
                problems.add(ConfigurationProblem(origin: webhook.location, message: words))
            }
            var secrets: [[UInt8]] = []
            for place in webhook.secrets {
                if let secret = secret(place) {
                    secrets.append(secret)
                } else {
                    let words = "The \(name(of: place)) has no secret for the workspace \"\(workspace.slug)\"."
                    problems.add(ConfigurationProblem(origin: webhook.location, message: words))
                }
            }
            all.append(options(webhook, of: workspace.slug, secrets))
        }
        try problems.throwIfAny()
        return all
    }

    private static func options(
        _ webhook: ConfigurationFile.Webhook,
        of slug: String,
        _ secrets: [[UInt8]]
    ) -> WebhookOptions {
        var options = WebhookOptions(slug: slug, secrets: secrets)
        options.header = webhook.header
        options.prefix = webhook.prefix
        options.encoding = webhook.encoding.map { $0 == .hex ? .hexadecimal : .base64 }
        options.timestampHeader = webhook.timestampHeader
        options.maximumAge = webhook.maximumAge ?? options.maximumAge
        options.maximumBytes = webhook.maximumBytes ?? options.maximumBytes
        return options
    }

    /// Returns a secret without its line end; nil: none.
    private static func secret(_ place: ConfigurationFile.Key) -> [UInt8]? {
        var bytes: [UInt8]?
        switch place {
        case .file(let path): bytes = FileManager.default.contents(atPath: path).map { Array($0) }
        case .environment(let name): bytes = ProcessEnvironment.variables[name].map { Array($0.utf8) }
        case .passThrough: bytes = nil
        }
        guard var secret = bytes else { return nil }
        while let last = secret.last, [UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(last) { secret.removeLast() }
        return secret.isEmpty ? nil : secret
    }

    private static func name(of place: ConfigurationFile.Key) -> String {
        switch place {
        case .file(let path): "file \(path)"
        case .environment(let name): "environment variable \(name)"
        case .passThrough: "configuration"
        }
    }
}
