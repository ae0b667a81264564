// Parses and validates the standard introspection query with Debian's graphql-js: node graphql-js.js SCHEMA COUNT.
// With --print it prints the query.
'use strict';
const graphql = require('/usr/share/nodejs/graphql');

const query = graphql.getIntrospectionQuery();
if (process.argv[2] === '--print') {
  process.stdout.write(query);
} else {
  const schema = graphql.buildSchema(process.argv[2]);
  graphql.assertValidSchema(schema);
  for (let count = Number(process.argv[3]); count > 0; count -= 1) {
    const errors = graphql.validate(schema, graphql.parse(query));
    if (errors.length > 0) throw errors[0];
  }
}
