internal import GraphQL
private import Synchronization

/// A digest of an operation's fields, which does not depend on aliases, arguments, variables and layout.
///
/// It is equal in every process with the same schema, so that log lines of one operation can be found.
final class OperationFingerprint: Sendable {
    private let plan: Plan
    // PERF: a digest takes longer than a request whose result is cached, so it is made once for each plan.
    private let made = Mutex<String?>(nil)

    /// The most fields that are digested; of an operation with more, only its first ones are.
    private static let maximumFields = 2000

    /// Makes a fingerprint, which is computed when it is first read.
    init(_ plan: Plan) { self.plan = plan }

    /// The first 16 hexadecimal digits of the digest; nil if the crypto library has no SHA-256.
    var digits: String? {
        if let known = made.withLock({ $0 }) { return known }
        let digits = Self.digits(of: plan)
        made.withLock { $0 = digits }
        return digits
    }

    private static func digits(of plan: Plan) -> String? {
        var text = plan.operation.rawValue
        var left = maximumFields
        append(plan.root, of: plan, to: &text, &left)
        return SHA256Digest(of: text).map { String($0.hexadecimal.prefix(16)) }
    }

    private static func append(_ id: PlanSelectionID, of plan: Plan, to text: inout String, _ left: inout Int) {
        let selection = plan[id]
        for (position, variant) in selection.variants.enumerated() {
            if !selection.isConcrete { text += "|\(position)" }
            text += "{"
            for field in variant.fields {
                guard left > 0 else { return }
                left -= 1
                text += plan[field].definition.name
                text += ";"
                if let below = plan[field].selection { append(below, of: plan, to: &text, &left) }
            }
            text += "}"
        }
    }
}
