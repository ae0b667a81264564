import GraphQL
import Testing

@Suite struct InterfacesTests {
    @Test(arguments: [
        ValidationCase(
            """
            interface I { a: Int b(x: Int): [I] }
            type Query implements I { a: Int! b(x: Int, y: Int, z: Int! = 1): [Query!]! c: Int }
            """
        ),
        ValidationCase(
            """
            interface A { a: U }
            interface B implements A { a: Query }
            type Query implements B & A { a: Query }
            union U = Query
            """
        ),
    ])
    func allowsWhatImplementsItsInterfaces(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            type Query implements In & U & E & S & Query { a: Int }
            input In { a: Int }
            union U = Query
            enum E { A }
            scalar S
            """,
            .error("Type Query must only implement Interface types, it cannot implement In.", at: (1, 23)),
            .error("Type Query must only implement Interface types, it cannot implement U.", at: (1, 28)),
            .error("Type Query must only implement Interface types, it cannot implement E.", at: (1, 32)),
            .error("Type Query must only implement Interface types, it cannot implement S.", at: (1, 36)),
            .error("Type Query must only implement Interface types, it cannot implement Query.", at: (1, 40))
        )
    ])
    func reportsWhatIsNoInterface(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            interface I implements I { a: Int }
            type Query { a: Int }
            """,
            .error("Type I cannot implement itself because it would create a circular reference.", at: (1, 24))
        ),
        ValidationCase(
            """
            interface A implements B { a: Int }
            interface B implements A { a: Int }
            type Query { a: Int }
            """,
            .error("Type A cannot implement B because it would create a circular reference.", at: (2, 24), (1, 24)),
            .error("Type B cannot implement A because it would create a circular reference.", at: (1, 24), (2, 24))
        ),
    ])
    func reportsTypesThatImplementThemselves(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            interface I { a: Int }
            type Query implements I & I { a: Int }
            """,
            .error("Type Query can only implement I once.", at: (2, 23), (2, 27))
        ),
        ValidationCase(
            """
            interface I { a: Int }
            type Query implements I { a: Int }
            extend type Query implements I
            """,
            .error("Type Query can only implement I once.", at: (2, 23), (3, 30))
        ),
    ])
    func reportsInterfacesDeclaredTwice(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            interface A { a: Int }
            interface B implements A { a: Int }
            interface C implements B & A { a: Int }
            type Query implements C { a: Int }
            """,
            .error("Type Query must implement B because it is implemented by C.", at: (3, 24), (4, 23)),
            .error("Type Query must implement A because it is implemented by C.", at: (3, 28), (4, 23))
        )
    ])
    func reportsMissingInterfacesOfInterfaces(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            interface I { a: Int b: Int }
            type Query implements I { a: Int }
            extend type Query { c: Int }
            """,
            .error("Interface field I.b expected but Query does not provide it.", at: (1, 22), (2, 1), (3, 1))
        )
    ])
    func reportsMissingFields(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            interface I { a: Int b: [Int] c: [Int!] d: I e: Int! }
            type Query implements I { a: String b: Int c: [Int] d: Other e: Int }
            type Other { x: Int }
            """,
            .error("Interface field I.a expects type Int but Query.a is type String.", at: (1, 18), (2, 30)),
            .error("Interface field I.b expects type [Int] but Query.b is type Int.", at: (1, 25), (2, 40)),
            .error("Interface field I.c expects type [Int!] but Query.c is type [Int].", at: (1, 34), (2, 47)),
            .error("Interface field I.d expects type I but Query.d is type Other.", at: (1, 44), (2, 56)),
            .error("Interface field I.e expects type Int! but Query.e is type Int.", at: (1, 49), (2, 65))
        ),
        ValidationCase(
            """
            interface I { a: U b: Query }
            union U = Other
            type Other { x: Int }
            type Query implements I { a: Query b: I }
            """,
            .error("Interface field I.a expects type U but Query.a is type Query.", at: (1, 18), (4, 30)),
            .error("Interface field I.b expects type Query but Query.b is type I.", at: (1, 23), (4, 39))
        ),
    ])
    func reportsFieldsOfAnotherType(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }

    @Test(arguments: [
        ValidationCase(
            """
            interface I { a(x: Int, y: Int): Int }
            type Query implements I { a(x: Int!): Int }
            """,
            .error(
                "Interface field argument I.a(x:) expects type Int but Query.a(x:) is type Int!.",
                at: (1, 20),
                (2, 32)
            ),
            .error("Interface field argument I.a(y:) expected but Query.a does not provide it.", at: (1, 25), (2, 27))
        ),
        ValidationCase(
            """
            interface I { a(x: Int): Int }
            type Query implements I { a(x: Int, "d" y: Int!, z: [Int!]!, w: Int! = 1): Int }
            """,
            .error(
                "Object field Query.a includes required argument y that is missing from the Interface field I.a.",
                at: (2, 37),
                (1, 15)
            ),
            .error(
                "Object field Query.a includes required argument z that is missing from the Interface field I.a.",
                at: (2, 50),
                (1, 15)
            )
        ),
    ])
    func reportsArgumentsThatDoNotFit(_ testCase: ValidationCase) {
        expectSchemaErrors(testCase)
    }
}
