/// Reads the workspaces of a file.
enum WorkspaceSection {
    /// The names of members that would have a secret in the file, and are refused.
    private static let secrets = [
        "key": "would put a secret into the configuration; give it by \"keyFile\" or \"keyEnvironment\""
    ]

    /// Reads all workspaces.
    static func read(_ file: SectionReader, _ rules: ConfigurationRules) -> [ConfigurationFile.Workspace] {
        let elements = file.list("workspaces")
        if elements.isEmpty, case .list? = file["workspaces"]?.content {
            file.add("workspaces", "must have at least one workspace")
        }
        var found: [ConfigurationFile.Workspace] = []
        for (index, element) in elements.enumerated() {
            let title = "workspaces[\(index)]"
            guard let entry = SectionReader(element, title: title, .workspace, file.problems, refused: secrets),
                let workspace = workspace(entry, rules)
            else { continue }
            if found.contains(where: { $0.slug == workspace.slug }) { entry.add("slug", "is another workspace's too") }
            found.append(workspace)
        }
        return found
    }

    private static func workspace(_ entry: SectionReader, _ rules: ConfigurationRules) -> ConfigurationFile.Workspace? {
        let key = key(entry, rules)
        let webhook = WebhookSection.read(entry, rules)
        let connection = ConnectionSection.read(entry, rules)
        let (slug, url, plan) = (entry.text("slug"), entry.text("url"), entry.text("plan"))
        guard entry["slug"] != nil, entry["url"] != nil else {
            entry.add("a workspace needs \"slug\" and \"url\".")
            return nil
        }
        guard let slug, let url else { return nil }
        if !isSlug(slug) {
            // The value may be a URL.
            let shown = URLRedaction.redact(slug)
            entry.problems.add(entry.position(of: "slug"), "A slug has letters, digits, - and _. Not: \(shown)")
        }
        if let problem = BaseURL.problem(with: url) { entry.problems.add(entry.position(of: "url"), problem) }
        if let plan, let plans = rules.plans, !plans.contains(plan) {
            let known = plans.joined(separator: ", ")
            entry.problems.add(
                entry.position(of: "plan"),
                "The workspace \"\(slug)\" has a plan that is none of \(known): \(plan)"
            )
        }
        return ConfigurationFile.Workspace(
            slug: slug,
            url: url,
            plan: plan,
            key: key,
            webhook: webhook,
            connection: connection,
            location: entry.location(of: entry["keyFile"] == nil ? "keyEnvironment" : "keyFile")
        )
    }

    /// Whether a text is a valid slug of a workspace.
    private static func isSlug(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }

    private static func key(_ entry: SectionReader, _ rules: ConfigurationRules) -> ConfigurationFile.Key {
        var keys: [ConfigurationFile.Key] = []
        if let file = entry.text("keyFile") { keys.append(.file(rules.path(file))) }
        if let variable = entry.text("keyEnvironment") { keys.append(.environment(variable)) }
        if keys.count > 1 { entry.add("give one of \"keyFile\" and \"keyEnvironment\".") }
        return keys.first ?? .passThrough
    }
}
