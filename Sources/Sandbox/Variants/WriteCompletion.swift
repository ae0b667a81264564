/// The time at which a write is carried out.
package enum WriteCompletion: String, CaseIterable, Sendable {
    /// Before the response.
    case immediate
    /// After the response, which is 202 with `{"job": {"id": …, "status": "queued"}}`.
    case queued
}
