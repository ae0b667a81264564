private import Gateway
private import NIOHTTP1

/// Finds the door for a request's path.
struct Router: Door {
    private let doors: [String: any Door]

    /// Makes a router of doors by path.
    init(doors: [String: any Door]) {
        self.doors = doors
    }

    func reply(to request: HTTPRequest) -> Reply {
        guard let door = doors[String(request.path)] else {
            let known = doors.keys.sorted().joined(separator: ", ")
            let message = "There is nothing at this path. There is something at: \(known)."
            return .now(.error(.notFound, .pathNotFound, message))
        }
        return door.reply(to: request)
    }
}
