import GraphQL
import Testing

/// Rules for documents that the specification of September 2025 has beyond graphql-js 16, with its own examples.
@Suite struct September2025Tests {
    private static let pets = """
        type Query { helloWorld: String }
        type Mutation { addPet(pet: PetInput!): Pet maybeAddPet(pet: PetInput): Pet addPets(pets: [PetInput!]!): [Pet] }
        type Subscription { newMessage: Message newBook: Message disallowedSecondRootField: Boolean }
        type Pet { name: String }
        type Message { body: String sender: String }
        input PetInput @oneOf { cat: CatInput dog: DogInput fish: FishInput }
        input CatInput { name: String! nickname: String meowVolume: Int }
        input DogInput { name: String! nickname: String barkVolume: Int }
        input FishInput { name: String! tankSize: Int }
        """

    private func check(
        _ testCase: ValidationCase,
        schema: String,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let document = try Document(parsing: Source(testCase.document))
        let errors = validate(document, schema: try Schema(sdl: Source(schema)))
        #expect(errors == testCase.errors, sourceLocation: sourceLocation)
    }

    /// 5.8.5: variables used for OneOf input object fields must be non-nullable.
    static let variables: [ValidationCase] = [
        ValidationCase("mutation addCat($cat: CatInput!) { addPet(pet: { cat: $cat }) { name } }"),
        ValidationCase(
            #"mutation addCatWithDefault($cat: CatInput! = { name: "Brontie" }) { addPet(pet: { cat: $cat }) { name } }"#
        ),
        ValidationCase(
            "mutation addNullableCat($cat: CatInput) { addPet(pet: { cat: $cat }) { name } }",
            nullable("cat", at: (1, 25), (1, 62))
        ),
        ValidationCase(
            "mutation M($cat: CatInput) { maybeAddPet(pet: { cat: $cat }) { name } }",
            nullable("cat", at: (1, 12), (1, 54))
        ),
        ValidationCase(
            "mutation M($cat: CatInput) { addPets(pets: [{ cat: $cat }]) { name } }",
            nullable("cat", at: (1, 12), (1, 52))
        ),
        ValidationCase(
            "mutation M($cat: CatInput = null) { addPet(pet: { cat: $cat }) { name } }",
            nullable("cat", at: (1, 12), (1, 56))
        ),
        // A default that is not null makes up for a nullable type: IsVariableUsageAllowed().
        ValidationCase(#"mutation M($cat: CatInput = { name: "B" }) { addPet(pet: { cat: $cat }) { name } }"#),
    ]

    private static func nullable(_ name: String, at places: (line: Int, column: Int)...) -> GraphQLError {
        GraphQLError(
            #"Variable "$\#(name)" is of type "CatInput" but must be non-nullable to be used for OneOf Input Object "PetInput"."#,
            locations: places.map { SourceLocation(line: $0.line, column: $0.column) }
        )
    }

    @Test(arguments: variables)
    func variablesInOneOfFieldsAreNotNull(_ testCase: ValidationCase) throws {
        try check(testCase, schema: Self.pets)
    }

    /// 5.2.1.1.
    static let operationTypes: [ValidationCase] = [
        ValidationCase("query helloQuery { hello }"),
        ValidationCase(
            "mutation goodbyeMutation { goodbye }",
            .error("The mutation operation is not supported by the schema.", at: (1, 1))
        ),
        ValidationCase(
            "query A { hello } subscription B { goodbye }",
            .error("The subscription operation is not supported by the schema.", at: (1, 19))
        ),
    ]

    @Test(arguments: operationTypes)
    func theSchemaHasTheRootTypeOfEachOperation(_ testCase: ValidationCase) throws {
        try check(testCase, schema: "type Query { hello: String }")
    }

    /// 5.2.4.1.
    static let subscriptions: [ValidationCase] = [
        ValidationCase("subscription sub { newMessage { body sender } }"),
        ValidationCase(
            "subscription sub { ...newMessageFields } fragment newMessageFields on Subscription { newMessage { body sender } }"
        ),
        ValidationCase(
            "subscription sub { newMessage { body sender } disallowedSecondRootField }",
            .error(#"Subscription "sub" must select only one top level field."#, at: (1, 47))
        ),
        ValidationCase(
            "subscription requiredRuntimeValidation($bool: Boolean!) { newMessage @include(if: $bool) { body sender } "
                + "disallowedSecondRootField @skip(if: $bool) }",
            conditions("requiredRuntimeValidation", at: (1, 70), (1, 132))
        ),
        ValidationCase(
            "subscription sub { newMessage { body } disallowedSecondRootField @skip(if: true) }",
            conditions("sub", at: (1, 66))
        ),
        ValidationCase("subscription sub { newMessage @include(if: true) { body } }", conditions("sub", at: (1, 31))),
        ValidationCase(
            "subscription sub { ...F @skip(if: false) @include(if: true) } fragment F on Subscription { newMessage { body } }",
            conditions("sub", at: (1, 25), (1, 42))
        ),
        ValidationCase(
            "subscription sub { ... @include(if: true) { newMessage { body } } }",
            conditions("sub", at: (1, 24))
        ),
        // Below the root they are allowed.
        ValidationCase("subscription sub { newMessage { body @skip(if: true) sender } }"),
    ]

    private static func conditions(_ name: String, at places: (line: Int, column: Int)...) -> GraphQLError {
        GraphQLError(
            #"Subscription "\#(name)" must not use `@skip` or `@include` directives in the top level selection."#,
            locations: places.map { SourceLocation(line: $0.line, column: $0.column) }
        )
    }

    @Test(arguments: subscriptions)
    func aSubscriptionsRootHasNoConditions(_ testCase: ValidationCase) throws {
        try check(testCase, schema: Self.pets)
    }
}
