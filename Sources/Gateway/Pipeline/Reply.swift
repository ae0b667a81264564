/// The reply to a request of any endpoint: available now, or after waiting.
package enum Reply<Value: Sendable>: Sendable {
    /// It is here: nothing had to be waited for.
    case now(Value)
    /// It takes waiting.
    case later(@Sendable () async -> Value)

    /// The value, waited for if need be.
    package func value() async -> Value {
        switch self {
        case .now(let value): value
        case .later(let wait): await wait()
        }
    }
}
