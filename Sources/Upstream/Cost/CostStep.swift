/// One field of an operation that is bound to the upstream, with its cost.
package struct CostStep: Sendable {
    /// The source of the field's values.
    package enum Origin: Sendable, Hashable {
        /// A GET for one object.
        case object(template: String)
        /// Objects by key: one by one, or from pages of a collection.
        case entities(template: String, collection: String?)
        /// Pages of a collection.
        case collection(template: String)
        /// A write, which may be followed by a GET for the object that it wrote.
        case write(method: WriteMethod, template: String)
        /// GETs for objects of any type, named by arguments.
        case named
        /// The gateway itself.
        case gateway
    }

    /// The number of steps that enclose this one.
    package let depth: Int
    /// The source of the field's values.
    package let origin: Origin
    /// The number of objects that it yields for all its parents together.
    package let rows: CostRange
    /// The number of calls that it makes itself.
    package internal(set) var calls: CostRange
    /// Whether its calls are not counted because another step makes the same ones.
    package let sharesCalls: Bool
    /// Whether the number of rows, or that of its parents, is not limited and had to be assumed.
    package let isAssumed: Bool
    /// The index of the field among the estimator's slots.
    let slot: Int
}
