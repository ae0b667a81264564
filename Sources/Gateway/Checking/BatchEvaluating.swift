/// What answers the lines of a batch one by one.
package protocol BatchEvaluating: ~Copyable, SendableMetatype {
    init()

    /// The answer to a line.
    mutating func answer(_ line: [UInt8]) -> [UInt8]

    /// How many lines were no cases; each was answered with an error that says so.
    var malformedLines: Int { get }
}
