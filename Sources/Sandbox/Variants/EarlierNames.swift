// Names that tests use until they take the new ones.
package typealias CountReading = CountVariant
package typealias SingleReading = SingleVariant
package typealias MissingReading = MissingVariant
package typealias WriteAnswer = WriteResponse
package typealias RowForm = RowRepresentation
package typealias ResetForm = ResetFormat
package typealias DateForm = DateFormat
