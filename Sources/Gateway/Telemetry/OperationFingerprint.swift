internal import GraphQL

/// Names the fields and arguments of an operation, whatever its aliases, literals, variables and layout.
///
/// Equal for the same operation in every process that serves the same schema, so that log lines of one operation are found.
enum OperationFingerprint {
    /// The most fields that are named; an operation with more is named by its first ones.
    private static let maximumFields = 2000

    /// 16 hexadecimal digits that name an operation; nil if the library has no SHA-256.
    static func digits(of plan: Plan) -> String? {
        var text = "\(plan.operation)"
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
