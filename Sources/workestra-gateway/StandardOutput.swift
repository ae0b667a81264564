internal import Foundation

/// The program's standard output, for bytes.
enum StandardOutput {
    /// Writes bytes as they are.
    static func write(_ bytes: [UInt8]) {
        FileHandle.standardOutput.write(Data(bytes))
    }
}
