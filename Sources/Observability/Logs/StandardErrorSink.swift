private import Glibc
private import Synchronization

/// Writes log lines to standard error, each whole.
///
/// A line for which the reader of a pipe leaves no room is dropped and counted: a log that nobody reads must not stop the
/// gateway. Nothing is buffered, so that a crash loses no line.
package final class StandardErrorSink: LogSink {
    private let descriptor: Int32
    private let lock = Mutex(())
    private let dropped = Atomic(0)

    /// The longest line that a pipe takes whole or not at all.
    private static let atomicBytes = 4096

    /// Makes a sink.
    ///
    /// - Parameter descriptor: where lines are written; standard error unless something else is said.
    package init(descriptor: Int32 = STDERR_FILENO) {
        self.descriptor = descriptor
    }

    /// How many lines had no room.
    package var droppedLines: Int { dropped.load(ordering: .relaxed) }

    package func write(_ line: [UInt8]) {
        let isWritten = lock.withLock { _ in hasRoom() && writeAll(line) }
        if !isWritten { dropped.wrappingAdd(1, ordering: .relaxed) }
    }

    private func hasRoom() -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // SAFETY: the pointer is used during the call only.
        let count = unsafe poll(&entry, 1, 0)
        return count == 1 && Int32(entry.revents) & POLLOUT != 0
    }

    /// Writes a line; one that is longer than a pipe takes at once may wait for its reader.
    private func writeAll(_ line: [UInt8]) -> Bool {
        var written = 0
        while written < line.count {
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
                return false
            }
        }
        return true
    }
}
