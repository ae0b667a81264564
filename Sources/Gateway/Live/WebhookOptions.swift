package import Upstream

/// The verification of the webhooks of one workspace.
package struct WebhookOptions: Sendable {
    /// The slug of the workspace.
    package let slug: String
    /// The secrets, any of which may sign a body: two, while one is being replaced.
    package let secrets: [[UInt8]]
    /// The header field with the signature; nil: the schema's.
    package var header: String?
    /// The text before the signature's digits; nil: the schema's.
    package var prefix: String?
    /// The encoding of the signature; nil: the schema's.
    package var encoding: WebhookConventions.Encoding?
    /// The header field with the time of the delivery in Unix seconds, where time, a dot and the body are signed; nil: only the
    /// body is signed.
    package var timestampHeader: String?
    /// The greatest age in seconds of an event, or of the signed time of its delivery; older ones have no effect.
    package var maximumAge = 86_400
    /// The most bytes of a body.
    package var maximumBytes = 256 << 10

    /// Makes options with the header field, prefix and encoding of the schema.
    package init(slug: String, secrets: [[UInt8]]) {
        self.slug = slug
        self.secrets = secrets
    }
}
