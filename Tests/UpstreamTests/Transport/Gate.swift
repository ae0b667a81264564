import Glibc

/// Lets threads wait until it is opened, for good.
final class Gate: Sendable {
    private let descriptors: (reading: Int32, writing: Int32)

    init() {
        var pair: [Int32] = [-1, -1]
        // SAFETY: the array has room for the two descriptors.
        unsafe pipe(&pair)
        descriptors = (pair[0], pair[1])
    }

    deinit {
        close(descriptors.reading)
    }

    /// Returns once the gate is open.
    func wait() {
        var byte: UInt8 = 0
        // SAFETY: the buffer has room for the byte. At the end of the pipe the call returns without one.
        _ = unsafe read(descriptors.reading, &byte, 1)
    }

    /// Opens the gate.
    ///
    /// Must be called once.
    func open() {
        close(descriptors.writing)
    }
}
