internal import GraphQL
private import Synchronization

/// Names the fields and arguments of an operation, whatever its aliases, literals, variables and layout.
///
/// Equal for the same operation in every process that serves the same schema, so that log lines of one operation are found.
final class OperationFingerprint: Sendable {
    private let plan: Plan
    // PERF: a digest takes more than a request whose result is cached, so that it is made once for a plan.
    private let made = Mutex<String?>(nil)

    /// The most fields that are named; an operation with more is named by its first ones.
    private static let maximumFields = 2000

    /// Makes the name of an operation when it is first asked for.
    init(_ plan: Plan) { self.plan = plan }

    /// 16 hexadecimal digits that name the operation; nil if the library has no SHA-256.
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
