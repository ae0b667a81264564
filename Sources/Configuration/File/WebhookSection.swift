/// Reads the verification of a workspace's webhooks.
enum WebhookSection {
    /// The names of members that would have a secret in the file, and are refused.
    private static let secrets = [
        "secret": "would put a secret into the configuration; give it by \"secretFiles\" or \"secretEnvironment\""
    ]

    /// Reads the webhooks of a workspace; nil: there are none.
    static func read(_ workspace: SectionReader, _ rules: ConfigurationRules) -> ConfigurationFile.Webhook? {
        guard let node = workspace["webhook"],
            let entry = SectionReader(node, title: "webhook", .webhook, workspace.problems, refused: secrets)
        else { return nil }
        var webhook = ConfigurationFile.Webhook(location: "\(entry.problems.file):\(entry.position)")
        webhook.secrets = (entry.texts("secretFiles") ?? []).map { .file(rules.path($0)) }
        webhook.secrets += (entry.texts("secretEnvironment") ?? []).map { .environment($0) }
        if webhook.secrets.isEmpty {
            entry.add("a webhook needs \"secretFiles\" or \"secretEnvironment\".")
        } else if webhook.secrets.count > 2 {
            entry.add("a webhook has one secret, or two while one is being replaced.")
        }
        webhook.header = entry.text("header")
        webhook.prefix = entry.text("prefix")
        webhook.timestampHeader = entry.text("timestampHeader")
        if let text = entry.text("encoding") {
            webhook.encoding = ConfigurationFile.Webhook.Encoding(rawValue: text)
            if webhook.encoding == nil { entry.add("encoding", "must be hex or base64") }
        }
        webhook.maximumAge = entry.integer("maxAge", in: 1...604_800)
        webhook.maximumBytes = entry.integer("maxBytes", in: 1...1 << 20)
        return webhook
    }
}
