/// Definitions in document order, found by name in constant time.
package struct DefinitionMap<Definition: NamedDefinition>: Sendable, RandomAccessCollection {
    private let ordered: [Definition]
    private let table: NameTable

    /// Stores the first definition of each name.
    package init(_ definitions: [Definition]) {
        var table = NameTable(minimumCapacity: definitions.count)
        let isFirst = definitions.map { table.insert($0.name) }
        ordered =
            table.names.count == definitions.count
            ? definitions : zip(definitions, isFirst).filter(\.1).map(\.0)
        self.table = table
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { ordered.count }
    package subscript(position: Int) -> Definition { ordered[position] }

    /// The definition with a name.
    package subscript(name: String) -> Definition? {
        guard let ordinal = table.ordinal(of: name) else { return nil }
        return ordered[ordinal]
    }

    /// The index of the definition with a name.
    package func ordinal(of name: String) -> Int? { table.ordinal(of: name) }

    /// The names, in order.
    package var names: [String] { table.names }
}
