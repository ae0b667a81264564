/// The URL that receives a workspace's events, and the secret that signs them.
package struct SandboxWebhook: Sendable, Equatable {
    /// The URL: `http://HOST:PORT/PATH`.
    package var url: String
    /// The secret.
    package var secret: String
    /// The number of times that each event is sent.
    package var copies = 1

    /// Makes a webhook.
    package init(url: String, secret: String) {
        self.url = url
        self.secret = secret
    }

    /// The header field of signatures.
    package static let signatureHeader = "X-Workestra-Signature"

    /// The value of that field for a body.
    package static func signature(of body: [UInt8], secret: String) -> String {
        "sha256=" + WebhookSignature.hexadecimal(of: body, key: Array(secret.utf8))
    }
}
