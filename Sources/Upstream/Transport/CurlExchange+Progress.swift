extension CurlExchange {
    /// The state of an exchange: its transmissions and the response so far.
    struct Progress {
        /// The number of times that libcurl was about to send the request.
        var timesSent = 0
        /// The lines of the final response's head.
        private(set) var head: [UInt8] = []
        /// Whether the head's empty line has been received; trailers, or the head of the next response, follow it.
        private(set) var isHeadComplete = false
        /// The content, decoded.
        private(set) var body: [UInt8] = []
        /// Whether the head or the content is larger than allowed.
        private(set) var isTooLarge = false

        /// Whether the system refused a socket.
        var lacksSocket = false
        /// Whether a head states two different lengths, so that the end of the response is ambiguous.
        ///
        /// https://www.rfc-editor.org/rfc/rfc9112#section-6.3-2.5
        private(set) var hasContradictoryLengths = false

        private var length: [UInt8]?
        private let maximumBodyBytes: Int
        private static let maximumHeadBytes = 256 << 10

        /// Begins an exchange whose response's content may have at most `maximumBodyBytes` bytes.
        init(maximumBodyBytes: Int) {
            self.maximumBodyBytes = maximumBodyBytes
        }

        /// Clears all state for another exchange.
        mutating func reset() {
            self = Progress(maximumBodyBytes: maximumBodyBytes)
        }

        /// Adds one line of a head, and clears the former head if it is the first; returns false if the response must be refused.
        mutating func appendToHead(_ line: UnsafeRawBufferPointer) -> Bool {
            if isHeadComplete {
                // After an interim response comes the head of another; anything else is a trailer.
                guard unsafe line.starts(with: "HTTP/".utf8) else { return true }
                head.removeAll(keepingCapacity: true)
                isHeadComplete = false
                length = nil
            }
            guard head.count + line.count <= Progress.maximumHeadBytes else { return refuse() }
            guard unsafe checkLength(line) else { return false }
            isHeadComplete = line.count <= 2
            unsafe head.append(contentsOf: line)
            return true
        }

        /// Adds a part of the content; returns false if the content exceeds its limit.
        ///
        /// - Parameters:
        ///   - part: the bytes, already decoded.
        ///   - announced: the least number of bytes that will follow in all, as far as is known.
        /// - Returns: whether the content is still within its limit.
        mutating func appendToBody(_ part: UnsafeRawBufferPointer, announced: Int) -> Bool {
            let room = maximumBodyBytes - body.count
            guard part.count <= room, announced <= room else { return refuse() }
            // PERF: measured; without this, responses of 40 kB cost a third more, and those of 1 MB twice as much.
            if body.isEmpty { body.reserveCapacity(max(announced, part.count)) }
            unsafe body.append(contentsOf: part)
            return true
        }

        /// Checks that a line states no other content length than earlier lines.
        private mutating func checkLength(_ line: UnsafeRawBufferPointer) -> Bool {
            let name = "content-length:".utf8
            // PERF: one byte rules out nearly every other line.
            guard line.count > name.count, unsafe line[0] | 0x20 == UInt8(ascii: "c"),
                unsafe zip(line, name).allSatisfy({ $0 | 0x20 == $1 || $0 == $1 })
            else { return true }
            let value = unsafe line.dropFirst(name.count).filter { UInt8(ascii: "!")...UInt8(ascii: "~") ~= $0 }
            // One line may repeat a length as well.
            let lengths = value.split(separator: UInt8(ascii: ",")).map { Array($0) } + (length.map { [$0] } ?? [])
            hasContradictoryLengths = lengths.contains { $0 != lengths[0] }
            length = lengths.first
            return !hasContradictoryLengths
        }

        private mutating func refuse() -> Bool {
            isTooLarge = true
            return false
        }
    }
}
