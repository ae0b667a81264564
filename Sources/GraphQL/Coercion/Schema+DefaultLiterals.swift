extension Schema {
    /// The default of an argument or input field as a literal, for introspection and the schema printer, including the defaults
    /// in it.
    ///
    /// Nil if there is none, or if it is invalid for the type.
    package func defaultLiteral(of definition: InputValueDefinition) -> ValueNode? {
        defaultValue(of: definition).flatMap { astFromValue($0, type: definition.type, schema: self) }
    }
}
