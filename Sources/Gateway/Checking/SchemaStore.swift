package import GraphQL

/// Builds each schema text once: cases of a batch often share one.
package struct SchemaStore<Prepared> {
    private var known: [[UInt8]: Result<Prepared, SchemaErrors>] = [:]
    private var order: [[UInt8]] = []
    private let prepare: (Schema) -> Prepared

    /// The most schemas that are kept.
    private var capacity: Int { 64 }

    /// Makes an empty store.
    ///
    /// - Parameter prepare: makes what is kept of a valid schema.
    package init(_ prepare: @escaping (Schema) -> Prepared) {
        self.prepare = prepare
    }

    /// What is kept of the schema of a text, or why it is none.
    package mutating func prepared(_ text: [UInt8]) -> Result<Prepared, SchemaErrors> {
        if let result = known[text] { return result }
        let result: Result<Prepared, SchemaErrors>
        do {
            result = .success(prepare(try Schema(sdl: Source(text))))
        } catch {
            result = .failure(error)
        }
        if order.count == capacity { known[order.removeFirst()] = nil }
        known[text] = result
        order.append(text)
        return result
    }
}
