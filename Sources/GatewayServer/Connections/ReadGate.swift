/// Whether more may be read from a connection, and whether a read waits for that.
struct ReadGate {
    private var isReadHeld = false

    /// Whether a read was asked for and held back.
    var holdsRead: Bool { isReadHeld }

    /// A read is asked for; returns whether it may happen now.
    mutating func request(isOpen: Bool) -> Bool {
        if !isOpen { isReadHeld = true }
        return isOpen
    }

    /// More may be read from now on; returns whether a read that was held back must happen now.
    mutating func open() -> Bool {
        defer { isReadHeld = false }
        return isReadHeld
    }
}
