extension ConfigurationFile {
    /// The verification of a workspace's webhooks; nil: the value of the schema, or the default.
    package struct Webhook: Sendable, Hashable {
        /// The encoding of signatures.
        package enum Encoding: String, Sendable {
            case hex
            case base64
        }

        /// The sources of the secrets.
        package var secrets: [Key] = []
        /// The name of the header field with the signature.
        package var header: String?
        /// The prefix of a signature in the header field.
        package var prefix: String?
        /// The encoding of a signature.
        package var encoding: Encoding?
        /// The name of the header field with the time of the delivery.
        package var timestampHeader: String?
        /// The greatest age of an event, in seconds.
        package var maximumAge: Int?
        /// The most bytes of a body.
        package var maximumBytes: Int?
        /// The location of the section: file, line and column.
        package let location: String

        init(location: String) {
            self.location = location
        }
    }
}
