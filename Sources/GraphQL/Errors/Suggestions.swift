/// The options that the input may be a misspelling of, the nearest first.
///
/// As in graphql-js: a change of case costs 1 altogether; inserting, removing, replacing and swapping letters cost 1 each;
/// up to 40 % of the input's letters, and one more, may be wrong. Inputs longer than 256 bytes have no suggestions.
package func suggestionList(_ input: String, _ options: [String]) -> [String] {
    guard input.utf8.count <= maximumSuggestionInput else { return [] }
    let measure = LexicalDistance(from: input)
    let threshold = Int(Double(input.utf16.count) * 0.4) + 1
    var known: Set<String> = []
    var found: [(option: String, distance: Int)] = []
    for option in options where known.insert(option).inserted {
        if let distance = measure.distance(to: option, threshold: threshold) { found.append((option, distance)) }
    }
    found.sort { a, b in
        a.distance != b.distance ? a.distance < b.distance : naturalOrder(a.option, b.option) < 0
    }
    return found.map(\.option)
}

/// The most bytes of an input for which suggestions are searched, as the work grows with the square of its length.
private let maximumSuggestionInput = 256

/// The question "Did you mean …?" with up to five suggestions, as the end of an error message; empty without suggestions.
package func didYouMean(_ suggestions: [String], subMessage: String? = nil) -> String {
    var quoted = suggestions.prefix(5).map { "\"\($0)\"" }
    guard let last = quoted.popLast() else { return "" }
    let list =
        switch quoted.count {
        case 0: last
        case 1: "\(quoted[0]) or \(last)"
        default: "\(quoted.joined(separator: ", ")), or \(last)"
        }
    return " Did you mean \(subMessage.map { $0 + " " } ?? "")\(list)?"
}

extension GraphQLError {
    /// The error without the text of `didYouMean`, for clients that may not see the schema's names.
    package var withoutSuggestions: GraphQLError {
        guard message.hasSuffix("?"), let start = message.firstRange(of: " Did you mean ") else { return self }
        var error = self
        error.message = String(message[..<start.lowerBound])
        return error
    }
}

/// Compares strings in natural order, in which numbers in them count as numbers; negative if the first comes first.
package func naturalOrder(_ first: String, _ second: String) -> Int {
    let a = Array(first.utf16)
    let b = Array(second.utf16)
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
        if isDigit(a[i]), isDigit(b[j]) {
            let left = number(in: a, at: &i)
            let right = number(in: b, at: &j)
            if left != right { return left < right ? -1 : 1 }
        } else {
            if a[i] != b[j] { return a[i] < b[j] ? -1 : 1 }
            i += 1
            j += 1
        }
    }
    return a.count - b.count
}

private func isDigit(_ unit: UInt16) -> Bool { (48...57).contains(unit) }

/// Parses a number; a leading zero is a number of its own.
///
/// Long numbers are rounded as in JavaScript.
private func number(in units: [UInt16], at index: inout Int) -> Double {
    var value = 0.0
    repeat {
        value = value * 10 + Double(units[index]) - 48
        index += 1
    } while index < units.count && isDigit(units[index]) && value > 0
    return value
}

/// Computes the optimal string alignment distance of two strings: the smallest number of changes.
private struct LexicalDistance {
    private let input: String
    private let lowercased: [UInt16]

    init(from input: String) {
        self.input = input
        lowercased = Array(input.lowercased().utf16)
    }

    /// The distance; nil: it is beyond the threshold.
    func distance(to option: String, threshold: Int) -> Int? {
        if option == input { return 0 }
        let other = Array(option.lowercased().utf16)
        if other == lowercased { return 1 }
        let (a, b) = other.count < lowercased.count ? (lowercased, other) : (other, lowercased)
        guard a.count - b.count <= threshold else { return nil }
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        var current = beforeLast
        for i in 1...a.count {
            current[0] = i
            var least = i
            for j in 1..<(b.count + 1) {
                let replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                var cell = min(last[j] + 1, current[j - 1] + 1, replaced)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cell = min(cell, beforeLast[j - 2] + 1) }
                current[j] = cell
                least = min(least, cell)
            }
            if least > threshold { return nil }
            swap(&beforeLast, &last)
            swap(&last, &current)
        }
        return last[b.count] <= threshold ? last[b.count] : nil
    }
}
