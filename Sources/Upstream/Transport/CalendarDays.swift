/// Computations with days of the Gregorian calendar.
enum CalendarDays {
    /// The days from 1970-01-01 to a date of the Gregorian calendar.
    static func since1970(year: Int, month: Int, day: Int) -> Int {
        // Years begin in March, so that the leap day is the last.
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
