/// Which reading of everything that Workestra's documentation leaves open the sandbox plays.
package struct SandboxBehavior: Sendable, Equatable {
    /// What `count` in a list says.
    package var count = CountReading.total

    /// How the answer to a GET of one object looks.
    package var single = SingleReading.bare

    /// What POST and PATCH answer with.
    package var writeAnswer = WriteAnswer.object

    /// The status of a POST that created something and answers with it.
    package var createStatus = CreateStatus.created

    /// What DELETE answers with.
    package var deleteAnswer = WriteAnswer.empty

    /// What a missing or trashed object looks like.
    package var missing = MissingReading.notFound

    /// The body of an error.
    package var errors = ErrorShape.flat

    /// What happens to a `per_page` over 100.
    package var perPageOver = PerPageOver.clamp

    /// What a page past the end looks like.
    package var overPage = OverPage.empty

    /// How much of an object a list row shows.
    package var rows = RowForm.whole

    /// How requests are counted and told.
    package var rateLimitHeaders = RateLimitHeaders.separate

    /// What `X-RateLimit-Reset` counts.
    package var reset = ResetForm.unix

    /// Whether a 429 carries `Retry-After`.
    package var retryAfter = RetryAfter.present

    /// Which validator a GET carries, and answers 304 to.
    package var validators = Validators.none

    /// Whether a 304 counts against the limit.
    package var notModified = NotModified.counted

    /// How fields that hold a date look.
    package var dates = DateForm.date

    /// What happens to a collection each time one of its pages, but not the last, has been read.
    package var shift = Shift.none

    /// The direction of a list without `order`.
    package var defaultOrder = SortDirection.descending

    /// Whether objects and lists carry members that no documentation mentions.
    package var extraMembers = false

    /// Plays the documented or likeliest reading of everything.
    package init() {}
}
