package import GraphQL
internal import JSON
private import Synchronization

/// The object of an event, as the calls of one request find it: what is shown of it may be newer than what it was looked at for.
package final class WatchedObject: Sendable {
    private let type: TypeID
    private let workspace: Int
    private let key: ExactString
    private let found = Mutex<(document: SourceDocument, node: Int)?>(nil)

    /// Watches an object that may not have been looked for yet.
    package init(_ type: TypeID, key: String, in workspace: Int) {
        (self.type, self.workspace, self.key) = (type, workspace, ExactString(key))
    }

    /// As it was found last; nil: it was not.
    var latest: (document: SourceDocument, node: Int)? { found.withLock { $0 } }

    /// Notes an object that was found.
    func note(_ document: SourceDocument, _ node: Int, type: TypeID, key: String, in workspace: Int) {
        guard type == self.type, workspace == self.workspace, ExactString(key) == self.key else { return }
        found.withLock { $0 = (document, node) }
    }
}
