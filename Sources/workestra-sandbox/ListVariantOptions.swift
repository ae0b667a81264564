internal import ArgumentParser
internal import Sandbox

extension CountVariant: ExpressibleByArgument {}
extension PerPageOver: ExpressibleByArgument {}
extension OverPage: ExpressibleByArgument {}
extension RowRepresentation: ExpressibleByArgument {}
extension OddRow: ExpressibleByArgument {}
extension TrashedRows: ExpressibleByArgument {}
extension Shift: ExpressibleByArgument {}
extension TieOrder: ExpressibleByArgument {}
extension SortDirection: ExpressibleByArgument {}

/// The API variants of lists.
struct ListVariantOptions: ParsableArguments {
    @Option(help: "The meaning of count in a list: all rows that match, the rows of the page, or absent.")
    private var count = SandboxBehavior().count

    @Option(help: "Add this number, which may be negative, to a count of all rows: it is too high or too low.")
    private var countOffset = 0

    @Option(help: "Add this number to a count of all rows on odd pages and subtract it on even ones.")
    private var countDrift = 0

    @Option(help: "The largest page, whatever per_page asks for.")
    private var pageCap = SandboxBehavior().pageCap

    @Option(help: "How a per_page over 100 is treated.")
    private var perPageOver = SandboxBehavior().perPageOver

    @Option(help: "The response for a page past the end.")
    private var overPage = SandboxBehavior().overPage

    @Option(help: "Hide about one row of so many after the pages were cut, so that pages are short; 0 hides none.")
    private var hideEvery = 0

    @Option(help: "Hide from every list the rows of this page of 100, so that a page in the middle is empty.")
    private var emptyPage: Int?

    @Option(help: "Whether list rows are whole, or lack description, labels and custom_fields.")
    private var rows = SandboxBehavior().rows

    @Option(help: "An extra item after the first row of each page that is not one of its rows.")
    private var oddRow = SandboxBehavior().oddRow

    @Option(help: "Whether lists show trashed rows, with deleted_at set, and count them.")
    private var trashedRows = SandboxBehavior().trashedRows

    @Option(help: "How a list changes each time one of its pages, but not the last, is read.")
    private var shift = SandboxBehavior().shift

    @Option(help: "How many times that happens in all; without it each time.")
    private var shiftTimes: Int?

    @Option(help: "Whether rows with equal sort values have one order, or another one in each response.")
    private var ties = SandboxBehavior().ties

    @Option(help: "The direction of lists without order.")
    private var defaultOrder = SandboxBehavior().defaultOrder

    /// Refuses numbers that no list can play.
    func validate() throws {
        guard (1...100).contains(pageCap) else { throw ValidationError("--page-cap must be from 1 to 100.") }
        guard hideEvery >= 0 else { throw ValidationError("--hide-every cannot be negative.") }
        guard (emptyPage ?? 1) >= 1 else { throw ValidationError("--empty-page must be at least 1.") }
        guard (shiftTimes ?? 0) >= 0 else { throw ValidationError("--shift-times cannot be negative.") }
    }

    /// Writes the variants into a behavior.
    func apply(to behavior: inout SandboxBehavior) {
        behavior.count = count
        behavior.countOffset = countOffset
        behavior.countDrift = countDrift
        behavior.pageCap = pageCap
        behavior.perPageOver = perPageOver
        behavior.overPage = overPage
        behavior.hideEvery = hideEvery
        behavior.emptyPage = emptyPage
        behavior.rows = rows
        behavior.oddRow = oddRow
        behavior.trashedRows = trashedRows
        behavior.shift = shift
        behavior.shiftTimes = shiftTimes
        behavior.ties = ties
        behavior.defaultOrder = defaultOrder
    }
}
