internal import Upstream

/// What subscribers are handed, and which of them.
struct ResultDelivery: Sendable {
    let event: StreamEvent
    var audience = Audience.everybody
}
