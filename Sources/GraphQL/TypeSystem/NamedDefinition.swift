/// A definition within a schema that has a name.
package protocol NamedDefinition: Sendable {
    var name: String { get }
}
