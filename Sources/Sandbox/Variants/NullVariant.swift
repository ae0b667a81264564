/// Whether a member that is null is present or left out of the object.
package enum NullVariant: String, CaseIterable, Sendable {
    /// The member is present, with the value null.
    case present
    /// List rows leave it out.
    case omittedInRows = "omitted-in-rows"
    /// Responses with one object leave it out, those of writes included.
    case omittedInObjects = "omitted-in-objects"
    /// Every object leaves it out.
    case omitted
}
