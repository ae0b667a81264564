internal import NIOCore

/// The responses of one connection that are not written yet, in the order of their requests.
///
/// Responses to pipelined requests are sent in order, even if a later one is ready earlier.
struct ResponseQueue {
    /// One response.
    struct Entry {
        /// The response's number on this connection.
        let number: Int

        /// The encoded response.
        let bytes: ByteBuffer

        /// The state of the connection after it.
        let ending: Ending

        /// Whether the response may be sent.
        fileprivate(set) var isDue: Bool
    }

    /// The state of the connection after a response.
    enum Ending {
        /// The connection serves the next request.
        case stayOpen
        /// The connection closes when the response has been sent.
        case close
        /// The connection is reset, and nothing is sent.
        case reset
    }

    private var entries = CircularBuffer<Entry>()
    private var nextNumber = 0

    /// The number of responses that wait.
    var count: Int { entries.count }

    /// Adds a response, and returns its number.
    mutating func append(_ bytes: ByteBuffer, _ ending: Ending, isDue: Bool) -> Int {
        defer { nextNumber += 1 }
        entries.append(Entry(number: nextNumber, bytes: bytes, ending: ending, isDue: isDue))
        return nextNumber
    }

    /// Marks a response as due.
    mutating func markDue(_ number: Int) {
        guard let first = entries.first, number >= first.number, number - first.number < entries.count else { return }
        entries[entries.index(entries.startIndex, offsetBy: number - first.number)].isDue = true
    }

    /// Removes and returns the next response, if it is due.
    mutating func popDue() -> Entry? {
        guard let first = entries.first, first.isDue else { return nil }
        return entries.popFirst()
    }
}
