#!/usr/bin/env node
'use strict';
// Computes what graphql-js answers to conformance cases, and writes it into the fixtures or compares it with them.
//
//   oracle.js --update FILE.jsonl…   writes `expected` of every case that is not marked "byHand"
//   oracle.js --check FILE.jsonl…    exit code 1 if an `expected` differs from what graphql-js answers
//   oracle.js --print MODE           reads cases on standard input, prints `{"id","expected"}` a line
//
// A case's mode is its folder: `validate` or `execute`. `--unpatched` uses graphql-js 16.6 as it is installed.

const fs = require('fs');
const path = require('path');
const { loadGraphQL } = require('./graphql-js-patches.js');

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const operands = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const graphql = loadGraphQL({ patched: !options.includes('--unpatched') });
const { GraphQLError } = graphql;
const values = require('/usr/share/nodejs/graphql/execution/values.js');

const maximumValidationErrors = 100;
const maximumVariableErrors = 50;

// Schemas repeat from case to case; each text is built and judged once.
const schemas = new Map();

/** Parses and judges a schema: `{schema}` or `{errors}`. */
function schemaOf(text) {
  if (!schemas.has(text)) {
    schemas.set(text, buildSchema(text));
  }
  return schemas.get(text);
}

function buildSchema(text) {
  let document;
  try {
    document = graphql.parse(text);
  } catch (error) {
    return { errors: [error] };
  }
  const errors = graphql.validateSDL(document);
  if (errors.length > 0) {
    return { errors };
  }
  let schema;
  try {
    schema = graphql.buildASTSchema(document, { assumeValidSDL: true });
  } catch (error) {
    // The arguments of @deprecated and @specifiedBy are coerced while the schema is built.
    if (error instanceof GraphQLError) {
      return { errors: [error] };
    }
    throw error;
  }
  const schemaErrors = graphql.validateSchema(schema);
  return schemaErrors.length > 0 ? { errors: schemaErrors } : { schema };
}

/** Parses and validates a query against a schema: `{document}` or `{errors}`. */
function documentOf(schema, text) {
  let document;
  try {
    document = graphql.parse(text);
  } catch (error) {
    return { errors: [error] };
  }
  const errors = graphql.validate(schema, document, graphql.specifiedRules, { maxErrors: maximumValidationErrors });
  return errors.length > 0 ? { errors } : { document };
}

/** Chooses the operation and coerces its variables; graphql-js does both before it executes. */
function preparationErrors(schema, document, operationName, variables) {
  const operations = document.definitions.filter((definition) => definition.kind === 'OperationDefinition');
  let operation;
  if (operationName != null) {
    operation = operations.find((candidate) => candidate.name?.value === operationName);
    if (!operation) {
      return [new GraphQLError(`Unknown operation named "${operationName}".`)];
    }
  } else if (operations.length > 1) {
    return [new GraphQLError('Must provide operation name if query contains multiple operations.')];
  } else if (operations.length === 0) {
    return [new GraphQLError('Must provide an operation.')];
  } else {
    operation = operations[0];
  }
  return values.getVariableValues(schema, operation.variableDefinitions ?? [], variables,
    { maxErrors: maximumVariableErrors }).errors ?? [];
}

/** A member of the data as graphql-js takes it: errors where the data asks for one, also inside lists. */
function resolved(value, args) {
  if (Array.isArray(value)) {
    return value.map((item) => resolved(item, args));
  }
  if (value !== null && typeof value === 'object') {
    if (Object.hasOwn(value, '$error')) {
      return new Error(value.$error);
    }
    if (value.$args === true) {
      return JSON.stringify(sorted(args));
    }
  }
  return value;
}

/** The same value with the keys of every object in order. */
function sorted(value) {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (value !== null && typeof value === 'object') {
    const object = Object.create(null);
    for (const key of Object.keys(value).sort()) {
      object[key] = sorted(value[key]);
    }
    return object;
  }
  return value;
}

function resolveField(source, args, _context, info) {
  const isObject = source !== null && typeof source === 'object' && !Array.isArray(source);
  return isObject && Object.hasOwn(source, info.fieldName) ? resolved(source[info.fieldName], args) : null;
}

function resolveType(value) {
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
  return isObject && Object.hasOwn(value, '__typename') ? value.__typename : undefined;
}

function answer(errors) {
  return { errors: errors.map((error) => formatted(error)) };
}

function formatted(error) {
  const { message, locations, path: errorPath } = error.toJSON();
  return { message, ...(locations ? { locations } : {}), ...(errorPath ? { path: errorPath } : {}) };
}

/** The answer to a case: `{errors}` in the mode `validate`, `{data?, errors?}` in the mode `execute`. */
function run(mode, { schema: schemaText, query, variables, operationName, rootValue }) {
  const { schema, errors: schemaErrors } = schemaOf(schemaText);
  if (schemaErrors) {
    return answer(schemaErrors);
  }
  const { document, errors: documentErrors } = documentOf(schema, query);
  if (documentErrors) {
    return answer(documentErrors);
  }
  if (mode === 'execute' || variables !== undefined) {
    const errors = preparationErrors(schema, document, operationName, variables ?? {});
    if (errors.length > 0 || mode === 'validate') {
      return answer(errors);
    }
  } else {
    return { errors: [] };
  }
  const result = graphql.executeSync({ schema, document, rootValue, variableValues: variables ?? {}, operationName,
    fieldResolver: resolveField, typeResolver: resolveType });
  return {
    ...('data' in result ? { data: result.data } : {}),
    ...(result.errors ? { errors: result.errors.map(formatted) } : {}),
  };
}

/** As `run`, but a case that graphql-js ends with an exception of its own is told as `{threw}`. */
function runOrTell(mode, testCase) {
  try {
    return run(mode, testCase);
  } catch (error) {
    return { threw: String(error.message) };
  }
}

function casesOf(text) {
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
}

function main() {
  if (options.includes('--print')) {
    const [mode] = operands;
    for (const testCase of casesOf(fs.readFileSync(0, 'utf8'))) {
      console.log(JSON.stringify({ id: testCase.id, expected: runOrTell(mode, testCase) }));
    }
    return 0;
  }
  let differences = 0;
  for (const file of operands) {
    const mode = path.basename(path.dirname(path.resolve(file)));
    const cases = casesOf(fs.readFileSync(file, 'utf8'));
    for (const testCase of cases.filter((candidate) => !candidate.byHand)) {
      const expected = run(mode, testCase);
      if (options.includes('--update')) {
        testCase.expected = expected;
      } else if (JSON.stringify(expected) !== JSON.stringify(testCase.expected)) {
        differences += 1;
        console.log(`${file}: ${testCase.id}\n  fixture: ${JSON.stringify(testCase.expected)}\n` +
          `  oracle:  ${JSON.stringify(expected)}`);
      }
    }
    if (options.includes('--update')) {
      fs.writeFileSync(file, cases.map((testCase) => JSON.stringify(testCase) + '\n').join(''));
    }
  }
  return differences > 0 ? 1 : 0;
}

process.exitCode = main();
