/// The templates of a plan's signatures; each is nil where there can be no signature.
final class SignatureTemplates: Sendable {
    /// For all that the operation selects.
    let whole: SignatureTemplate?
    /// For each root field of a query, with the keys below it.
    let rootFields: [PlanFieldID: SignatureTemplate]

    /// Makes the templates of a plan.
    init(_ plan: Plan) {
        whole = SignatureTemplate(ofQuery: plan)
        guard plan.operation == .query, let fields = plan[plan.root].variants.first?.fields else {
            rootFields = [:]
            return
        }
        rootFields = Dictionary(
            fields.compactMap { id in
                SignatureTemplate(ofField: id, in: plan, keys: .spelled { $0 }).map { (id, $0) }
            }
        ) { first, _ in first }
    }
}
