package import GraphQL

/// Stores the prepared schema of each text: cases of a batch often share one.
package struct SchemaStore<Prepared> {
    private var known: [SchemaText: Result<Prepared, SchemaErrors>] = [:]
    private var order: [SchemaText] = []
    private let prepare: (Schema) -> Prepared

    /// The most schemas that are stored; the oldest is dropped first.
    private var capacity: Int { 64 }

    /// Makes an empty store.
    ///
    /// - Parameter prepare: derives the stored value from a valid schema.
    package init(_ prepare: @escaping (Schema) -> Prepared) {
        self.prepare = prepare
    }

    /// The stored schema of a text, or its errors.
    package mutating func prepared(_ text: [UInt8]) -> Result<Prepared, SchemaErrors> {
        let key = SchemaText(bytes: text)
        if let result = known[key] { return result }
        let result: Result<Prepared, SchemaErrors>
        do {
            result = .success(prepare(try Schema(sdl: Source(text))))
        } catch {
            result = .failure(error)
        }
        if order.count == capacity { known[order.removeFirst()] = nil }
        known[key] = result
        order.append(key)
        return result
    }
}

/// A schema's text as a key.
private struct SchemaText: Hashable {
    let bytes: [UInt8]

    // PERF: an array hashes its bytes one by one, which took as long as parsing them.
    func hash(into hasher: inout Hasher) {
        // SAFETY: the hasher only reads the bytes, during the call.
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
}
