/// What reads a directive that says where a field's value comes from.
protocol ValueSource {
    /// Whether the field reads the member of the parent's JSON that has the field's own name upstream.
    static var readsOwnMember: Bool { get }

    /// Reads the directive of a field: binds the field, or says what it reads of its parent, or reports what is wrong.
    static func read(_ arguments: DirectiveArguments, of field: DeclaredField, _ reader: inout BindingReader)
}

extension ValueSource {
    static var readsOwnMember: Bool { false }
}

extension BindingDirective {
    /// What reads the directive; nil: it does not say where a value comes from.
    var source: (any ValueSource.Type)? {
        switch self {
        case .rest: RestDirective.self
        case .reference: EntityBinding.self
        case .json: RenamedMember.self
        case .parent: ParentObject.self
        case .written: WrittenMember.self
        case .member: NamedMember.self
        case .entries: EntriesBinding.self
        case .workspace: WorkspaceBinding.self
        case .quota: QuotaBinding.self
        case .globalID: GlobalIDBinding.self
        case .changes: ChangesBinding.self
        case .entity, .discriminator, .cacheControl, .rpc, .changedBy, .polled, .webhook, .upstream: nil
        }
    }
}
