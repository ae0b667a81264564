/// The header field `Idempotency-Key` of a request, as the client has written it.
package struct IdempotencyField: Sendable, Hashable {
    /// The value.
    package let value: String
    /// Which request of a body with several it is taken for; nil: the only one.
    package var position: Int?

    package init(_ value: String) {
        self.value = value
    }
}

extension Caller {
    /// The caller of requests whose writes nothing names.
    package var withoutIdempotency: Caller {
        var caller = self
        caller.idempotency = nil
        return caller
    }
}
