/// The route and path of a call, as hashes: each can fail while others work.
struct CallTarget: Sendable, Hashable {
    /// The hash of the route: all objects of a type, or one list with any filters.
    let route: Int
    /// The hash of the path with its query.
    let path: Int
}

extension CallPurpose {
    /// The route and path of a call, for health: all objects of a type are one route, and so is a list, whatever its parameters.
    func target(ofPath path: String) -> CallTarget {
        var route = Hasher()
        if isByKey, let entity {
            route.combine(entity.type)
        } else {
            for byte in path.utf8.prefix(while: { $0 != UInt8(ascii: "?") }) { route.combine(byte) }
        }
        return CallTarget(route: route.finalize(), path: path.hashValue)
    }
}
