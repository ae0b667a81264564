/// One event on its way.
struct WebhookDelivery: Sendable {
    let webhook: SandboxWebhook
    let body: [UInt8]
}
