internal import ArgumentParser

/// The greatest numbers that options take: a greater one would overflow where it is counted in smaller units.
enum OptionBound {
    /// A year.
    static let seconds = 31_536_000
    /// A year.
    static let hours = 8760
    /// A terabyte.
    static let megabytes = 1 << 20
    /// A terabyte.
    static let bytes = 1 << 40
    /// More than machines have cores.
    static let threads = 1024
    /// What is counted: two such numbers can be multiplied.
    static let count = 1 << 31

    /// Refuses options whose numbers are zero or less.
    ///
    /// - Parameter options: the numbers, by the options' names; nil: the option is not given.
    /// - Throws: a `ValidationError` that names the first of them.
    static func checkPositive(_ options: KeyValuePairs<String, Int?>) throws {
        for (name, number) in options where number ?? 1 <= 0 {
            throw ValidationError("--\(name) must be greater than zero.")
        }
    }

    /// Refuses options whose numbers are too great.
    ///
    /// - Parameters:
    ///   - options: the numbers, by the options' names; nil: the option is not given.
    ///   - most: the greatest of them that may be.
    /// - Throws: a `ValidationError` that names the first of them.
    static func check(_ options: KeyValuePairs<String, Int?>, atMost most: Int) throws {
        for (name, number) in options {
            guard let number, number > most else { continue }
            throw ValidationError("--\(name) is \(most) at most.")
        }
    }
}
