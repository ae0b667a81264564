/// Evaluates the lines of a batch one by one.
package protocol BatchEvaluating: ~Copyable, SendableMetatype {
    init()

    /// The result of a line.
    mutating func result(of line: [UInt8]) -> [UInt8]

    /// The number of malformed lines so far; the result of each is an error.
    var malformedLines: Int { get }
}
