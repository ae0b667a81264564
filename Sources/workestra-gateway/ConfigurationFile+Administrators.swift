internal import Configuration

extension ConfigurationFile {
    /// Whether clients may see what operators see.
    var hasAdministrators: Bool {
        guard case .known(let clients) = clients else { return false }
        return clients.contains(where: \.isAdministrator)
    }
}
