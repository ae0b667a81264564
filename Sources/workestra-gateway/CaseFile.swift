internal import ArgumentParser
internal import Foundation

/// A file of cases, one a line.
struct CaseFile {
    let path: String

    /// Answers each line that is not empty with a line on standard output.
    ///
    /// - Throws: a `ValidationError` if the file cannot be read.
    func forEachLine(_ answer: ([UInt8]) -> [UInt8]) throws {
        guard
            let data = path == "-"
                ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
        else { throw ValidationError("The file \(path) cannot be read.") }
        // PERF: `Data` checks each byte that is read of it for exclusive access.
        let text = [UInt8](data)
        var pending: [UInt8] = []
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
            var bytes = Array(text[start..<end])
            start = end + 1
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
            if bytes.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
            pending += answer(bytes)
            pending.append(UInt8(ascii: "\n"))
            if pending.count > 1 << 16 {
                StandardOutput.write(pending)
                pending.removeAll(keepingCapacity: true)
            }
        }
        StandardOutput.write(pending)
    }
}

/// The program's standard output, for bytes.
enum StandardOutput {
    /// Writes bytes as they are.
    static func write(_ bytes: [UInt8]) {
        FileHandle.standardOutput.write(Data(bytes))
    }
}
