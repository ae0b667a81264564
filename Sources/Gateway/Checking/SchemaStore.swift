package import GraphQL

/// Builds each schema text once: cases of a batch often share one.
package struct SchemaStore: Sendable {
    private var known: [String: Result<Schema, SchemaErrors>] = [:]
    private var order: [String] = []

    /// The most schemas that are kept.
    private static let capacity = 64

    package init() {}

    /// The schema of a text.
    package mutating func schema(_ text: String) -> Result<Schema, SchemaErrors> {
        if let result = known[text] { return result }
        let result: Result<Schema, SchemaErrors>
        do {
            result = .success(try Schema(sdl: Source(text)))
        } catch {
            result = .failure(error)
        }
        if order.count == Self.capacity { known[order.removeFirst()] = nil }
        known[text] = result
        order.append(text)
        return result
    }
}
