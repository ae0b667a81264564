/// Which API variant the sandbox plays: one choice for each question that Workestra's documentation leaves open.
package struct SandboxBehavior: Sendable, Equatable {
    /// The meaning of `count` in a list.
    package var count = CountVariant.total

    /// The difference of a `count` that states the total: such a count is too high or too low.
    package var countOffset = 0

    /// The amount that is added to such a `count` on odd pages and subtracted on even ones: it changes between pages.
    package var countDrift = 0

    /// The largest page that the upstream gives, however many rows are asked for.
    package var pageCap = 100

    /// About one row of so many is hidden from everybody after the pages were cut; 0 hides none.
    ///
    /// `count` counts hidden rows; a GET of one says that it is missing.
    package var hideEvery = 0

    /// The page, of 100 rows, whose rows no list shows; `count` counts them.
    package var emptyPage: Int?

    /// A row that does not belong into a page.
    package var oddRow = OddRow.none

    /// How the response to a GET of one object looks.
    package var single = SingleVariant.bare

    /// The response to POST and PATCH.
    package var writeResponse = WriteResponse.object

    /// The status of a POST that created something and responds with it.
    package var createStatus = CreateStatus.created

    /// The response to DELETE.
    package var deleteResponse = WriteResponse.empty

    /// Which members of the object a write responds with.
    package var writtenMembers = WrittenMembers.all

    /// When a write is carried out.
    package var writeCompletion = WriteCompletion.immediate

    /// Which `Location` the response to a POST carries.
    package var location = LocationHeader.absent

    /// The response for a missing or trashed object.
    package var missing = MissingVariant.notFound

    /// Whether lists show trashed rows.
    package var trashedRows = TrashedRows.omitted

    /// Whether a member that is null is present.
    package var nulls = NullVariant.present

    /// The body of an error.
    package var errors = ErrorShape.flat

    /// The status of a response that states an error.
    package var errorStatus = ErrorStatus.real

    /// The treatment of a `per_page` over 100.
    package var perPageOver = PerPageOver.clamp

    /// The response for a page past the end.
    package var overPage = OverPage.empty

    /// How much of an object a list row shows.
    package var rows = RowRepresentation.whole

    /// How requests are counted, and which headers state it.
    package var rateLimitHeaders = RateLimitHeaders.separate

    /// How `X-RateLimit-Reset` is written.
    package var reset = ResetFormat.unix

    /// Whether a 429 or 503 carries `Retry-After`.
    package var retryAfter = RetryAfter.present

    /// How `Retry-After` is written.
    package var retryAfterFormat = RetryAfterFormat.seconds

    /// How the body of a 429 or 503 states the pause.
    package var retryAfterBody = RetryAfterBody.seconds

    /// By how many seconds the clock of `Date`, `Retry-After`, `Last-Modified` and reset times is ahead of the real one.
    package var clockSkew = 0

    /// Whether responses carry `Date`.
    package var dateHeader = false

    /// Which validator a GET carries, and responds to with 304.
    package var validators = Validators.none

    /// Whether a 304 counts against the limit.
    package var notModified = NotModified.counted

    /// How fields that hold a date look.
    package var dates = DateFormat.date

    /// How numbers in custom fields are written.
    package var numbers = NumberVariant.short

    /// The JSON type of ids.
    package var idType = IDType.text

    /// Which spellings of an id are accepted.
    package var idSpelling = IDSpelling.exact

    /// The change to a collection each time one of its pages, but not the last, has been read.
    package var shift = Shift.none

    /// How often that happens; nil for each time.
    package var shiftTimes: Int?

    /// The order of rows whose sort values are equal.
    package var ties = TieOrder.stable

    /// The direction of a list without `order`.
    package var defaultOrder = SortDirection.descending

    /// Whether objects and lists carry members that no documentation mentions.
    package var extraMembers = false

    /// Whether JSON begins with a byte order mark.
    package var byteOrderMark = false

    /// Whether about one name or title of three ends in an escaped surrogate without its other half.
    package var loneSurrogates = false

    /// Plays the documented or likeliest variant of everything.
    package init() {}
}
