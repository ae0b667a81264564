extension ConfigurationRecord {
    /// The outcome of reading a file again; nil: nothing has changed.
    package init?(_ outcome: KeyFile.Outcome, of file: KeyFile) {
        switch outcome {
        case .unchanged: return nil
        case .replaced: self = .keyReplaced(path: file.path)
        case .unusable(let reason): self = .keyUnusable(path: file.path, reason: reason)
        }
    }
}
