private import Synchronization

/// Descriptions of the fields of one type, made when an operation first selects from it.
// PERF: a batch of cases with a schema each plans one operation for each schema, which selects from few types.
final class LazyFieldPrototypes: Sendable {
    private let made = AtomicLazyReference<FieldPrototypes>()

    /// The descriptions, made by a closure if this is the first time.
    func made(by make: () -> [FieldPrototype?]) -> FieldPrototypes {
        made.load() ?? made.storeIfNil(FieldPrototypes(make()))
    }
}
