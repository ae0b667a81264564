// Parses and validates a query with Debian's graphql-js: node graphql-js.js SCHEMA QUERY COUNT.
// With --print it prints the standard introspection query.
'use strict';
const graphql = require('/usr/share/nodejs/graphql');

if (process.argv[2] === '--print') {
  process.stdout.write(graphql.getIntrospectionQuery());
} else {
  const schema = graphql.buildSchema(process.argv[2]);
  graphql.assertValidSchema(schema);
  for (let count = Number(process.argv[4]); count > 0; count -= 1) {
    const errors = graphql.validate(schema, graphql.parse(process.argv[3]));
    if (errors.length > 0) throw errors[0];
  }
}
