package import Upstream

/// How the webhooks of one workspace are verified.
package struct WebhookOptions: Sendable {
    /// The workspace.
    package let slug: String
    /// The secrets, with any of which a body may be signed: two, while one is being replaced.
    package let secrets: [[UInt8]]
    /// The header field that has the signature; nil: as the schema says.
    package var header: String?
    /// What stands before the signature's digits; nil: as the schema says.
    package var prefix: String?
    /// How the signature is written; nil: as the schema says.
    package var encoding: WebhookConventions.Encoding?
    /// The header field with the time of the delivery in Unix seconds, where time, a dot and the body are signed; nil: the
    /// body alone is.
    package var timestampHeader: String?
    /// The most seconds since an event, or since the signed time of its delivery; older ones have no effect.
    package var maximumAge = 86_400
    /// The most bytes of a body.
    package var maximumBytes = 256 << 10

    /// Makes options with those of the schema.
    package init(slug: String, secrets: [[UInt8]]) {
        self.slug = slug
        self.secrets = secrets
    }
}
