private import Glibc
private import Synchronization

/// Writes log lines to standard error, each as a whole.
///
/// A line that does not fit into a full pipe is dropped and counted, as a log without a reader must not block the gateway. A line that
/// fits in part ends where the pipe is full, and the next one begins on a line of its own. Lines are not buffered, so that a crash loses none.
package final class StandardErrorSink: LogSink {
    private let descriptor: Int32
    /// Whether only the beginning of the last line was written.
    private let isCut = Mutex(false)
    private let dropped = Atomic(0)

    /// The most bytes that a pipe with room accepts as a whole, without waiting for its reader.
    private static let atomicBytes = 4096

    /// Makes a sink.
    ///
    /// - Parameter descriptor: the file descriptor for the lines.
    package init(descriptor: Int32 = STDERR_FILENO) {
        self.descriptor = descriptor
    }

    /// The number of dropped lines.
    package var droppedLines: Int { dropped.load(ordering: .relaxed) }

    package func write(_ line: [UInt8]) {
        let isWritten = isCut.withLock { isCut in
            let text = isCut ? [UInt8(ascii: "\n")] + line : line
            let written = writeStart(of: text)
            if written > 0 { isCut = written < text.count }
            return written == text.count
        }
        if !isWritten { dropped.wrappingAdd(1, ordering: .relaxed) }
    }

    private func hasRoom() -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // SAFETY: the pointer is used during the call only.
        let count = unsafe poll(&entry, 1, 0)
        return count == 1 && Int32(entry.revents) & POLLOUT != 0
    }

    /// Writes as much of a text as there is room for; returns the number of bytes.
    private func writeStart(of line: [UInt8]) -> Int {
        var written = 0
        while written < line.count, hasRoom() {
            // SAFETY: the kernel reads the array during the call only, and no further than its end.
            let count = unsafe line.withUnsafeBytes { bytes in
                unsafe Glibc.write(
                    descriptor,
                    bytes.baseAddress?.advanced(by: written),
                    min(line.count - written, Self.atomicBytes)
                )
            }
            if count > 0 {
                written += count
            } else if count == 0 || errno != EINTR {
                break
            }
        }
        return written
    }
}
