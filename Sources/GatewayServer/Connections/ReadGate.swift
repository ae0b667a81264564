/// Holds back reads from a connection while nothing may be read.
struct ReadGate {
    private var isReadHeld = false

    /// Whether a read was requested and held back.
    var holdsRead: Bool { isReadHeld }

    /// Requests a read; returns whether it may happen now.
    mutating func request(isOpen: Bool) -> Bool {
        if !isOpen { isReadHeld = true }
        return isOpen
    }

    /// Allows reads from now on; returns whether a read was held back and must happen now.
    mutating func open() -> Bool {
        defer { isReadHeld = false }
        return isReadHeld
    }
}
