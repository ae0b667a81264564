/// The words that seed data is made of.
///
/// Changing any list changes the data of every seed.
enum Vocabulary {
    /// Verbs of issue titles.
    static let verbs = [
        "Fix", "Add", "Rework", "Document", "Measure", "Remove", "Translate", "Speed up", "Test", "Review", "Migrate",
        "Simplify",
    ]

    /// Subjects of issue titles.
    ///
    /// Some need escapes in JSON or more than one byte in UTF-8.
    static let subjects = [
        "the login timeout", "the \"forgot password\" mail", "CSV export", "invoice rounding", "dark mode",
        "the onboarding tour", "search ranking", "push notifications", "the Zürich office map", "audit log paging",
        "the C:\\temp clean-up", "avatar uploads", "calendar sync", "rate limits", "the 日本語 locale", "webhook retries",
        "keyboard shortcuts", "the café menu page", "time zones", "the 🚀 launch banner",
    ]

    /// The places where issues occur, for titles.
    static let places = [
        "on mobile", "in Safari", "for guests", "for large teams", "after an upgrade", "on slow networks", "in the API",
        "in the admin area",
    ]

    /// Sentences of descriptions and long texts.
    static let sentences = [
        "Reported by three customers in one week.", "See the attached trace.", "It worked before the last release.",
        "The steps are:\n1. sign in\n2. wait\n3. try again", "Blocked until the design is agreed.",
        "Customer says: \"please hurry\".", "Größe und Maße prüfen.", "Only happens with more than 100 rows.",
        "Ask support before closing.", "No data is lost.", "The fix must not change the URL.",
        "Costs about 3 % of sales.",
    ]

    /// First parts of project names.
    static let projectAdjectives = [
        "Northern", "Silent", "Amber", "Swift", "Lunar", "Copper", "Hidden", "Second", "Atlantic", "Modern",
    ]

    /// Second parts of project names.
    static let projectNouns = [
        "Harbour", "Relaunch", "Migration", "Billing", "Atlas", "Portal", "Compass", "Warehouse", "Mobile App",
        "Garden",
    ]

    /// Labels of issues.
    static let labels = [
        "bug", "feature", "docs", "security", "ux", "backend", "frontend", "customer", "urgent-fix", "later",
    ]

    /// Customers.
    static let clients = [
        "Acme Corp", "Globex", "Initech", "Müller & Söhne", "Soylent", "O'Neill Ltd", "Stark", "東京商事", "Wayne", "Hooli",
    ]

    /// Statuses of projects and how often each is drawn, in hundredths.
    static let projectStatuses = [("active", 60), ("paused", 15), ("completed", 20), ("cancelled", 5)]

    /// Statuses of issues and how often each is drawn, in hundredths.
    static let issueStatuses = [
        ("open", 40), ("backlog", 15), ("in_progress", 15), ("in_review", 10), ("done", 15), ("cancelled", 5),
    ]

    /// Priorities and how often each is drawn, in hundredths.
    static let priorities = [("low", 25), ("normal", 45), ("high", 20), ("urgent", 10)]

    /// Statuses that an issue cannot be overdue in.
    static let closedIssueStatuses: Set<String> = ["done", "cancelled"]

    /// The slug of the workspace at `index`: three well-known ones, then made-up ones without end.
    static func workspaceSlug(at index: Int) -> String {
        let known = ["acme", "globex", "initech"]
        guard index >= known.count else { return known[index] }
        let first = ["amber", "brisk", "coral", "delta", "ember", "frost", "grand", "humble"]
        let second = ["fox", "works", "labs", "forge", "mills", "point", "trade", "yard"]
        let number = index - known.count
        let round = number / (first.count * second.count)
        return first[number % first.count] + second[number / first.count % second.count]
            + (round == 0 ? "" : "\(round)")
    }
}
