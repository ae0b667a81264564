/// Splits names and descriptions into words.
enum SearchWords {
    /// The words of a text in lower case; `pageCount` and `page_count` are two words.
    static func of(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var wasLower = false
        for character in text {
            guard character.isLetter || character.isNumber else {
                words.append(word)
                word = ""
                wasLower = false
                continue
            }
            if character.isUppercase, wasLower {
                words.append(word)
                word = ""
            }
            wasLower = character.isLowercase
            word += character.lowercased()
        }
        words.append(word)
        return words.filter { !$0.isEmpty }
    }

    /// Whether one word is a prefix of the other, as `issue` of `issues`; shorter words than three characters do not count.
    static func areAlike(_ left: String, _ right: String) -> Bool {
        min(left.count, right.count) >= 3 && (left.hasPrefix(right) || right.hasPrefix(left))
    }
}
