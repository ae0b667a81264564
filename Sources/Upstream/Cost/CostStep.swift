/// One field of an operation that is bound to the upstream, and what it can cost.
package struct CostStep: Sendable {
    /// Where the field's values come from.
    package enum Origin: Sendable, Hashable {
        /// A GET of one object.
        case object(template: String)
        /// Objects by key: one by one, or from pages of a collection.
        case entities(template: String, collection: String?)
        /// Pages of a collection.
        case collection(template: String)
        /// A write, and perhaps a GET of what it wrote.
        case write(method: WriteMethod, template: String)
        /// GETs of objects of any type, which arguments name.
        case named
        /// The gateway itself.
        case gateway
    }

    /// How many steps enclose this one.
    package let depth: Int
    package let origin: Origin
    /// How many objects it brings for all its parents together.
    package let rows: CostRange
    /// How many calls it makes itself.
    package internal(set) var calls: CostRange
    /// Whether calls are left out because another step makes the same ones.
    package let sharesCalls: Bool
    /// Whether the number of rows, or that of its parents, is not limited and had to be assumed.
    package let isAssumed: Bool
    /// The field among those that the estimator went through.
    let slot: Int
}
