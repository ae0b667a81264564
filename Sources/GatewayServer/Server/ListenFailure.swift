private import Glibc
internal import NIOCore

/// The reason why a server cannot listen on an address.
package struct ListenFailure: Error, CustomStringConvertible {
    package let description: String

    init(address: BindAddress, cause: any Error) {
        description = "cannot listen on \(address): \(Self.reason(cause))"
    }

    private static func reason(_ cause: any Error) -> String {
        switch cause {
        case let error as IOError: text(of: error.errnoCode)
        case let occupied as SocketFile.Occupied: occupied.description
        case is SocketAddressError: "the host has no address"
        default: "\(cause)"
        }
    }

    private static func text(of code: Int32) -> String {
        // SAFETY: the C library's texts live as long as the program, or until the next call of this thread.
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        let sentence = unsafe String(cString: text)
        return sentence.prefix(1).lowercased() + sentence.dropFirst()
    }
}
