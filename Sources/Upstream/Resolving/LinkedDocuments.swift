internal import GraphQL
internal import JSON

/// The documents to which a built document refers, each once, numbered from 1.
struct LinkedDocuments {
    private(set) var documents: [SourceDocument] = []
    /// The numbers of the documents, used once there are too many for a linear search.
    private var numbers: [ObjectIdentifier: Int] = [:]

    private static let searchLimit = 16

    /// The number of a document, which is added if it is new.
    mutating func number(of document: SourceDocument) -> Int {
        if let last = documents.last, last === document { return documents.count }
        if numbers.isEmpty {
            if let index = documents.firstIndex(where: { $0 === document }) { return index + 1 }
        } else if let known = numbers[ObjectIdentifier(document)] {
            return known
        }
        documents.append(document)
        if documents.count > Self.searchLimit {
            if numbers.isEmpty {
                for (index, known) in documents.enumerated() { numbers[ObjectIdentifier(known)] = index + 1 }
            }
            numbers[ObjectIdentifier(document)] = documents.count
        }
        return documents.count
    }
}
