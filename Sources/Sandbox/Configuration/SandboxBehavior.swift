/// The API variant that the sandbox plays: one choice for each question that Workestra's documentation leaves open.
package struct SandboxBehavior: Sendable, Equatable {
    /// The meaning of `count` in a list.
    package var count = CountVariant.total

    /// The error of a `count` that states the total: the count is too high or too low by this.
    package var countOffset = 0

    /// The amount that is added to such a `count` on odd pages and subtracted on even ones: it changes between pages.
    package var countDrift = 0

    /// The most rows of a page, however many are requested.
    package var pageCap = 100

    /// The inverse of the share of rows that are hidden from all clients after pages are cut: about one of so many; 0 hides none.
    ///
    /// `count` includes hidden rows; a GET of one reports that it is missing.
    package var hideEvery = 0

    /// The number of the page, of 100 rows, whose rows no list has; `count` includes them.
    package var emptyPage: Int?

    /// The kind of an invalid row in a page.
    package var oddRow = OddRow.none

    /// The format of the response to a GET of one object.
    package var single = SingleVariant.bare

    /// The response to POST and PATCH.
    package var writeResponse = WriteResponse.object

    /// The status of a POST that has created an object and returns it.
    package var createStatus = CreateStatus.created

    /// The response to DELETE.
    package var deleteResponse = WriteResponse.empty

    /// The members of the object in the response to a write.
    package var writtenMembers = WrittenMembers.all

    /// The time at which a write is executed.
    package var writeCompletion = WriteCompletion.immediate

    /// The kind of `Location` in the response to a POST.
    package var location = LocationHeader.absent

    /// The response for a missing or trashed object.
    package var missing = MissingVariant.notFound

    /// Whether lists have trashed rows.
    package var trashedRows = TrashedRows.omitted

    /// Whether null members are present.
    package var nulls = NullVariant.present

    /// The body of an error.
    package var errors = ErrorShape.flat

    /// The status of a response with an error.
    package var errorStatus = ErrorStatus.real

    /// The treatment of a `per_page` over 100.
    package var perPageOver = PerPageOver.clamp

    /// The response for a page past the end.
    package var overPage = OverPage.empty

    /// The members of an object that list rows have.
    package var rows = RowRepresentation.whole

    /// The counting of requests, and the header fields that state it.
    package var rateLimitHeaders = RateLimitHeaders.separate

    /// The format of `X-RateLimit-Reset`.
    package var reset = ResetFormat.unix

    /// Whether a 429 or 503 has `Retry-After`.
    package var retryAfter = RetryAfter.present

    /// The format of `Retry-After`.
    package var retryAfterFormat = RetryAfterFormat.seconds

    /// The format of the pause in the body of a 429 or 503.
    package var retryAfterBody = RetryAfterBody.seconds

    /// The seconds by which the clock of `Date`, `Retry-After`, `Last-Modified` and reset times is ahead of the real one.
    package var clockSkew = 0

    /// Whether responses have `Date`.
    package var dateHeader = false

    /// The validator of a GET, which can be responded to with 304.
    package var validators = Validators.none

    /// Whether a 304 counts against the limit.
    package var notModified = NotModified.counted

    /// The format of dates in fields.
    package var dates = DateFormat.date

    /// The format of numbers in custom fields.
    package var numbers = NumberVariant.short

    /// The JSON type of ids.
    package var idType = IDType.text

    /// The spellings of an id that are accepted.
    package var idSpelling = IDSpelling.exact

    /// The change to a collection each time that one of its pages, except the last, has been read.
    package var shift = Shift.none

    /// The number of times that this happens; nil: each time.
    package var shiftTimes: Int?

    /// The order of rows whose sort values are equal.
    package var ties = TieOrder.stable

    /// The direction of a list without `order`.
    package var defaultOrder = SortDirection.descending

    /// Whether objects and lists have undocumented members.
    package var extraMembers = false

    /// Whether JSON begins with a byte order mark.
    package var byteOrderMark = false

    /// Whether about one in three names or titles ends in an escaped unpaired surrogate.
    package var loneSurrogates = false

    /// Makes the documented or likeliest variant of everything.
    package init() {}
}
