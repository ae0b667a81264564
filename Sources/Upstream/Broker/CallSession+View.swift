extension CallSession {
    /// The responses that this caller is shown.
    package var view: CallerView { CallerView(credentials: credentials) }

    /// A number that grows whenever a response has changed that the caller can be shown, or may have, by a write.
    package var changes: UInt64 { view.changes(in: broker) }
}
