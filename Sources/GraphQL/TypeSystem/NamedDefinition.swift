/// Something of a type that has a name.
package protocol NamedDefinition: Sendable {
    var name: String { get }
}
