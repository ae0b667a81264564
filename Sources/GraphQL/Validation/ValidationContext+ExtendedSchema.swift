extension ValidationContext {
    /// The schema of an executable document, or the one that a type system document extends; nil: there is none.
    var extendedSchema: Schema? { hasSchema ? schema : nil }
}
