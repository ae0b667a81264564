internal import GraphQL

/// The purpose of a call: how old its response may be, and which entities it contains.
package struct CallPurpose: Sendable {
    /// The ages up to which cached responses may be used.
    package var policy: CachePolicy
    /// The type of the response's object or rows, if it is an entity.
    package var entity: Entity?
    /// Whether the response is a collection.
    package var isCollection: Bool
    /// The meaning of the parameters of a list's path; nil: unknown.
    var list: ListParameters?
    /// Whether the path of each call is that of a single object.
    var isByKey = false
    /// The expected content of the response.
    let content: ExpectedContent

    package init(policy: CachePolicy = .none, entity: Entity? = nil, isCollection: Bool = false) {
        self.policy = policy
        self.entity = entity
        self.isCollection = isCollection
        content =
            isCollection ? .rows : entity.map { .object(identifiedBy: [$0.key], declaring: []) } ?? .anything
    }

    /// Makes the purpose of fetching pages of a list.
    init(policy: CachePolicy, rowsOf entity: Entity?, in list: ListParameters) {
        self.init(policy: policy, entity: entity, isCollection: true)
        self.list = list
    }

    /// Makes the purpose of fetching one entity by its own path.
    init(policy: CachePolicy, objectOf entity: Entity) {
        self.init(policy: policy, entity: entity)
        isByKey = true
    }

    /// Makes the purpose of fetching one object, which may be no entity.
    init(policy: CachePolicy, entity: Entity?, content: ExpectedContent) {
        self.policy = policy
        self.entity = entity
        isCollection = false
        self.content = content
    }

    /// The type of a list's rows, if they are entities.
    var listedType: TypeID? { isCollection ? entity?.type : nil }

    /// The content of the response to a call, as invalidations concern it.
    func subject(ofPath path: String) -> InvalidationLog.Subject {
        guard let entity else { return .anything }
        return isByKey ? .object(entity.type, path: path) : .collection(entity.type)
    }
}
