import Foundation

/// What the model test plays; what is off here is known to differ, and is turned on with the change that fixes it.
enum ModelCoverage {
    /// JSON that begins with a byte order mark.
    static let byteOrderMarks = true
    /// Names that end in half a surrogate pair.
    static let loneSurrogates = true
    /// Lists whose pages or counts are not what they seem: hidden rows, wrong counts, trashed rows, odd rows.
    static let irregularLists = isOn("irregularLists")
    /// Counts that state the rows of a page, or that are missing.
    static let unknownTotals = true
    /// Pages smaller than asked for.
    static let smallPages = true
    /// Cursors used after the list has changed, and walks during writes.
    static let changingLists = isOn("changingLists")
    /// `first` with `before`, and `last` with `after`.
    static let crossedWindows = true
    /// Errors stated with status 200.
    static let statedErrors = true
    /// Ids in other spellings and as numbers, and numbers with exact digits.
    static let exactText = isOn("exactText")
    /// Writes whose response has the id alone.
    static let writtenIDs = true

    /// Whether the environment turns on what is off, by its name: `MODEL_SWITCHES=irregularLists,exactText`.
    private static func isOn(_ name: String) -> Bool {
        ProcessInfo.processInfo.environment["MODEL_SWITCHES"]?.split(separator: ",").contains { $0 == name } ?? false
    }
}
