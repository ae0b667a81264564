import Sandbox
import Testing

@Suite struct CalendarTests {
    @Test(arguments: [
        (0, "1970-01-01"), (-1, "1969-12-31"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_566, "2026-04-23"),
        (47_540, "2100-02-28"), (47_541, "2100-03-01"),
    ])
    func daysAndTextsCorrespond(days: Int, text: String) {
        #expect(CalendarDate(daysSinceEpoch: days).description == text)
        #expect(CalendarDate(parsing: text) == CalendarDate(daysSinceEpoch: days))
    }

    @Test(arguments: [
        "", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-04-23", "2026-4-23", "2026/04/23",
        "2026-04-23T",
        "+026-04-23", "2026-04-٢٣",
    ])
    func whatIsNoDateIsRefused(text: String) {
        #expect(CalendarDate(parsing: text) == nil)
    }

    @Test func timesAreWrittenForJSONAndForHTTP() {
        let time = UnixTime(milliseconds: 1_776_947_696_789)
        #expect(time.iso8601 == "2026-04-23T12:34:56Z")
        #expect(time.httpDate == "Thu, 23 Apr 2026 12:34:56 GMT")
        #expect(UnixTime(iso8601: time.iso8601) == UnixTime(seconds: 1_776_947_696))
    }

    @Test(arguments: [
        "", "2026-04-23", "2026-04-23T24:00:00Z", "2026-04-23T12:34Z", "2026-04-23T12:34:56", "2026-04-23T1:34:56Z",
    ])
    func whatIsNoTimeIsRefused(text: String) {
        #expect(UnixTime(iso8601: text) == nil)
    }
}
