internal import ArgumentParser

/// The greatest values of options: a greater one would overflow when it is converted to smaller units.
enum OptionBound {
    /// The most seconds: a year.
    static let seconds = 31_536_000
    /// The most hours: a year.
    static let hours = 8760
    /// The most megabytes: a terabyte.
    static let megabytes = 1 << 20
    /// The most bytes: a terabyte.
    static let bytes = 1 << 40
    /// The most threads, which is more than machines have cores.
    static let threads = 1024
    /// The greatest count: the product of two such numbers does not overflow.
    static let count = 1 << 31

    /// Refuses options whose numbers are zero or less.
    ///
    /// - Parameter options: the numbers, by the options' names; nil: the option is absent.
    /// - Throws: a `ValidationError` that names the first invalid one.
    static func checkPositive(_ options: KeyValuePairs<String, Int?>) throws {
        for (name, number) in options where number ?? 1 <= 0 {
            throw ValidationError("--\(name) must be greater than zero.")
        }
    }

    /// Refuses options whose numbers are too great.
    ///
    /// - Parameters:
    ///   - options: the numbers, by the options' names; nil: the option is absent.
    ///   - most: the greatest valid number.
    /// - Throws: a `ValidationError` that names the first invalid one.
    static func check(_ options: KeyValuePairs<String, Int?>, atMost most: Int) throws {
        for (name, number) in options {
            guard let number, number > most else { continue }
            throw ValidationError("--\(name) is \(most) at most.")
        }
    }
}
