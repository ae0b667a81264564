/// What `count` in a list says.
package enum CountReading: String, CaseIterable, Sendable {
    /// All rows that match.
    case total
    /// The rows of this page.
    case page
    /// There is no such member.
    case missing
}

/// How the answer to a GET of one object looks.
package enum SingleReading: String, CaseIterable, Sendable {
    /// The object itself.
    case bare
    /// `{"data": {…}, "error": null}`.
    case wrapped
}

/// What a write answers with.
package enum WriteAnswer: String, CaseIterable, Sendable {
    /// The object itself.
    case object
    /// `{"data": {…}, "error": null}`.
    case wrapped
    /// 204 and no body.
    case empty
}

/// The status of a POST that created something and answers with it.
package enum CreateStatus: String, CaseIterable, Sendable {
    /// 201.
    case created = "201"
    /// 200.
    case ok = "200"
}

/// What a missing or trashed object looks like.
package enum MissingReading: String, CaseIterable, Sendable {
    /// 404.
    case notFound = "404"
    /// 410.
    case gone = "410"
    /// A trashed object is answered with 200 and `deleted_at` set; one that never was with 404.
    case deletedAt = "deleted-at"
}

/// The body of an error.
package enum ErrorShape: String, CaseIterable, Sendable {
    /// `{"error": "code", "message": "…"}`.
    case flat
    /// `{"data": null, "count": 0, "error": "text"}`.
    case list
    /// `{"error": {"code": …, "message": …}}`.
    case nested
    /// A page, as a proxy would send.
    case html
    /// Nothing.
    case none
}

/// What happens to a `per_page` over 100.
package enum PerPageOver: String, CaseIterable, Sendable {
    /// It becomes 100.
    case clamp
    /// The request is refused with 400.
    case refuse = "400"
}

/// What a page past the end looks like.
package enum OverPage: String, CaseIterable, Sendable {
    /// A list without rows.
    case empty
    /// 404.
    case notFound = "404"
}

/// How much of an object a list row shows.
package enum RowForm: String, CaseIterable, Sendable {
    /// The whole object.
    case whole
    /// Without `description`, `labels` and `custom_fields`.
    case summary
}

/// How requests are counted and told.
package enum RateLimitHeaders: String, CaseIterable, Sendable {
    /// One counter for reads and one for writes; the headers tell of the one that the request counts in.
    case separate
    /// One counter for both, with the limit for reads.
    case shared
    /// As `separate`, but there are no headers.
    case absent
    /// As `separate`, but the headers always tell of a full budget.
    case wrong
}

/// What `X-RateLimit-Reset` counts.
package enum ResetForm: String, CaseIterable, Sendable {
    /// Seconds since 1970.
    case unix
    /// Seconds from now.
    case seconds
}

/// Whether a 429 carries `Retry-After`.
package enum RetryAfter: String, CaseIterable, Sendable {
    /// It does, in seconds.
    case present
    /// Only the body tells.
    case absent
}

/// Which validator a GET carries, and answers 304 to.
package enum Validators: String, CaseIterable, Sendable {
    /// None.
    case none
    /// `ETag`, for `If-None-Match`.
    case etag
    /// `Last-Modified`, for `If-Modified-Since`.
    case lastModified = "last-modified"
}

/// Whether a 304 counts against the limit.
package enum NotModified: String, CaseIterable, Sendable {
    /// As any other answer.
    case counted
    /// It costs nothing.
    case free
}

/// How fields that hold a date look.
package enum DateForm: String, CaseIterable, Sendable {
    /// `2026-04-23`.
    case date
    /// `2026-04-23T00:00:00Z`.
    case dateTime = "date-time"
    /// Always null.
    case null
}

/// What happens to a collection each time one of its pages, but not the last, has been read.
package enum Shift: String, CaseIterable, Sendable {
    /// Nothing.
    case none
    /// A new row appears before the first: the last row of a page comes again on the next.
    case insert
    /// The first row goes to Trash: the next page misses a row.
    case remove
    /// The last row becomes the first: the next page repeats a row, and the last page misses the moved one.
    case move
}

/// The direction of a list.
package enum SortDirection: String, CaseIterable, Sendable {
    /// Smallest first, nulls last.
    case ascending = "asc"
    /// Largest first, nulls first.
    case descending = "desc"
}
