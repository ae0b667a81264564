/// The header field `Idempotency-Key` of a request, as the client sent it.
package struct IdempotencyField: Sendable, Hashable {
    /// The value.
    package let value: String
    /// The index of the request in a body with several, from 0; nil: the body has one.
    package var position: Int?

    package init(_ value: String) {
        self.value = value
    }
}

extension Caller {
    /// A copy of the caller without an idempotency key.
    package var withoutIdempotency: Caller {
        var caller = self
        caller.idempotency = nil
        return caller
    }
}
