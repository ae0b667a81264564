extension ConfigurationFile {
    /// How the webhooks of a workspace are verified; what is nil is as the schema says, or has its default.
    package struct Webhook: Sendable, Hashable {
        /// How signatures are written.
        package enum Encoding: String, Sendable {
            case hex
            case base64
        }

        /// Where the secrets are.
        package var secrets: [Key] = []
        package var header: String?
        package var prefix: String?
        package var encoding: Encoding?
        package var timestampHeader: String?
        /// In seconds.
        package var maximumAge: Int?
        package var maximumBytes: Int?
        /// Where it stands: file, line and column.
        package let location: String

        init(location: String) {
            self.location = location
        }
    }
}
