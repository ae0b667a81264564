internal import GraphQL
internal import JSON

/// The lists at each path, as all fields of the schema declare them together.
///
/// Fields that list the same rows from one path share responses only if they spell the path alike: parameters have one order, and
/// default sort parameters are added.
struct ListFamilies {
    private struct Family {
        /// The parameters in the order in which they were first named.
        var parameters: [String] = []
        var owner: String?
        var equalities: [String: JSONKey] = [:]
    }

    private var families: [String: Family] = [:]
    private let conventions: UpstreamConventions

    init(_ conventions: UpstreamConventions) {
        self.conventions = conventions
    }

    /// Adds the declaration of one list field.
    ///
    /// - Parameters:
    ///   - template: the text of the list's template.
    ///   - owner: the parameter for the parent's key, which is also the name of the row's member with that key.
    ///   - equalities: the parameters that are equality filters, each alone or as `parameter=member`.
    mutating func add(_ template: String, owner: String?, equalities: [String]) {
        let (path, parameters) = Self.parts(of: template)
        var family = families[path] ?? Family()
        for name in parameters where !family.parameters.contains(name) { family.parameters.append(name) }
        for text in equalities {
            let (parameter, member) = Self.equality(text)
            family.equalities[parameter] = JSONKey(member)
        }
        if let owner {
            family.owner = family.owner ?? owner
            family.equalities[owner] = JSONKey(owner)
        }
        families[path] = family
    }

    /// An equality filter's parameter, and the member that it compares.
    static func equality(_ text: String) -> (parameter: String, member: String) {
        let parts = text.split(separator: "=", maxSplits: 1).map { String($0) }
        return (parts.first ?? text, parts.last ?? text)
    }

    /// A template with the query parameters in the order of its family.
    func canonical(_ template: String) -> String {
        let (path, parameters) = Self.parts(of: template)
        guard !parameters.isEmpty, let order = families[path]?.parameters else { return template }
        return "\(path){?\(order.filter { parameters.contains($0) }.joined(separator: ","))}"
    }

    /// The path of a collection without filters, in the spelling of the fields that list it.
    func canonicalPath(_ path: String) -> String {
        let sorting = families[path]?.parameters.compactMap { name in defaults[name].map { "\(name)=\($0)" } } ?? []
        guard !sorting.isEmpty else { return path }
        return "\(path)\(path.contains("?") ? "&" : "?")\(sorting.joined(separator: "&"))"
    }

    /// The values of sort parameters that no argument provides.
    var defaults: [String: String] {
        var defaults: [String: String] = [:]
        if let name = conventions.sortParameter, let sort = conventions.defaultSort { defaults[name] = sort }
        if let name = conventions.orderParameter, let order = conventions.defaultOrder { defaults[name] = order }
        return defaults
    }

    /// The meaning of a template's parameters.
    func parameters(of template: String) -> ListParameters {
        let family = families[Self.parts(of: template).path]
        var parameters = conventions.listParameters
        parameters.equalities = family?.equalities ?? [:]
        parameters.owner = family?.owner
        return parameters
    }

    /// The template's path, which may have variables, and its query parameters; the whole text, if a query is in another position.
    private static func parts(of template: String) -> (path: String, parameters: [String]) {
        guard let query = template.firstRange(of: "{?") else { return (template, []) }
        let rest = template[query.upperBound...]
        guard rest.hasSuffix("}"), rest.allSatisfy({ $0 != "{" }), !template[..<query.lowerBound].contains("?") else {
            return (template, [])
        }
        let names = rest.dropLast().split(separator: ",").map { String($0) }
        return (String(template[..<query.lowerBound]), names)
    }
}
