extension Schema {
    /// The default of an argument or input field as introspection and the schema printer show it, defaults inside of it
    /// included.
    ///
    /// Nil if there is none, or it is none of the type.
    package func defaultLiteral(of definition: InputValueDefinition) -> ValueNode? {
        defaultValue(of: definition).flatMap { astFromValue($0, type: definition.type, schema: self) }
    }
}
