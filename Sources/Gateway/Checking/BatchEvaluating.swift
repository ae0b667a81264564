/// Evaluates the lines of a batch one by one.
package protocol BatchEvaluating: ~Copyable, SendableMetatype {
    init()

    /// The result of a line.
    mutating func result(of line: [UInt8]) -> [UInt8]

    /// How many lines were no cases; the result of each is an error that says so.
    var malformedLines: Int { get }
}
