internal import GraphQL
internal import JSON

extension ResponseReader {
    /// Whether a node is a row of a collection's response.
    func hasRow(_ node: Int, in document: SourceDocument) -> Bool {
        guard let rows = rows(in: document) else { return false }
        return rows < node && node < Int(document.json.node(rows).next)
    }
}
