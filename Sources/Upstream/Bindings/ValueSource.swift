/// A reader of one of the directives that declare the source of a field's value.
protocol ValueSource {
    /// Whether the field reads the member of the parent's JSON that has the field's own upstream name.
    static var readsOwnMember: Bool { get }

    /// Reads the directive of a field: binds the field, or sets the member that it reads, or reports an error.
    static func read(_ arguments: DirectiveArguments, of field: DeclaredField, _ reader: inout BindingReader)
}

extension ValueSource {
    static var readsOwnMember: Bool { false }
}

extension BindingDirective {
    /// The reader of the directive; nil: the directive does not declare the source of a value.
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
