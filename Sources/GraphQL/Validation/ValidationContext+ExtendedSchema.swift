extension ValidationContext {
    /// The schema that an executable document is for or that a type system document extends; nil if there is none.
    var extendedSchema: Schema? { hasSchema ? schema : nil }
}
