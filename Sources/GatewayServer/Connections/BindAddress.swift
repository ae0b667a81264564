/// Where a socket listens: on an address or at a path.
enum BindAddress: Sendable, Hashable, CustomStringConvertible {
    case address(ListenAddress)
    case path(String)

    var description: String {
        switch self {
        case .address(let address): address.description
        case .path(let path): path
        }
    }
}
