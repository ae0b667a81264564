'use strict';
// Brings the installed graphql-js 16.6 to the behaviour of 16.11 (and the executable descriptions of 16.12) where
// the two differ in what a response or a validation can show. Each patch names one place in the library's source;
// a patch whose place is not found exactly once stops the oracle, so another library version can't be used unseen.

const fs = require('fs');
const Module = require('module');
const path = require('path');

const library = '/usr/share/nodejs/graphql';

const patches = [
  // @oneOf: the directive, its introspection, and what a schema may say with it.
  ['type/directives.js', 'const specifiedDirectives = Object.freeze([',
    `const GraphQLOneOfDirective = new GraphQLDirective({
      name: 'oneOf', locations: [_directiveLocation.DirectiveLocation.INPUT_OBJECT], args: {},
    });
    const specifiedDirectives = Object.freeze([`],
  ['type/directives.js', 'GraphQLDeprecatedDirective, GraphQLSpecifiedByDirective])',
    'GraphQLDeprecatedDirective, GraphQLSpecifiedByDirective, GraphQLOneOfDirective])'],
  ['type/definition.js', 'class GraphQLInputObjectType {',
    `class GraphQLInputObjectType {
      get isOneOf() {
        return Boolean(this.astNode?.directives?.some((directive) => directive.name.value === 'oneOf'));
      }`],
  ['type/introspection.js', '      resolve: type => \'ofType\' in type ? type.ofType : undefined\n    }',
    `      resolve: type => 'ofType' in type ? type.ofType : undefined
    },
    isOneOf: {
      type: _scalars.GraphQLBoolean,
      resolve: type => (0, _definition.isInputObjectType)(type) ? type.isOneOf : undefined
    }`],
  ['type/validate.js', 'context.reportError(`Required input field ${inputObj.name}.${field.name} cannot be deprecated.`, [getDeprecatedDirectiveNode(field.astNode), (_field$astNode3 = field.astNode) === null || _field$astNode3 === void 0 ? void 0 : _field$astNode3.type]);\n    }',
    `context.reportError(\`Required input field \${inputObj.name}.\${field.name} cannot be deprecated.\`,
        [getDeprecatedDirectiveNode(field.astNode), field.astNode?.type]);
    }
    if (inputObj.isOneOf) {
      const place = \`OneOf input field \${inputObj.name}.\${field.name}\`;
      if ((0, _definition.isNonNullType)(field.type)) {
        context.reportError(place + ' must be nullable.', field.astNode?.type);
      }
      if (field.defaultValue !== undefined) {
        context.reportError(place + ' cannot have a default value.', field.astNode);
      }
    }`],

  // @oneOf: literals and variables in a document.
  ['validation/rules/ValuesOfCorrectTypeRule.js', "was not provided.`, {\n            nodes: node\n          }));\n        }\n      }\n    },",
    `was not provided.\`, { nodes: node }));
        }
      }
      if (type.isOneOf) {
        const names = Object.keys(fieldNodeMap);
        if (names.length !== 1) {
          context.reportError(new _GraphQLError.GraphQLError(
            \`OneOf Input Object "\${type.name}" must specify exactly one key.\`, { nodes: [node] }));
        } else if (fieldNodeMap[names[0]].value.kind === 'NullValue') {
          context.reportError(new _GraphQLError.GraphQLError(
            \`Field "\${type.name}.\${names[0]}" must be non-null.\`, { nodes: [node] }));
        }
      }
    },`],
  ['validation/ValidationContext.js', 'defaultValue: typeInfo.getDefaultValue()',
    'defaultValue: typeInfo.getDefaultValue(),\n            parentType: typeInfo.getParentInputType()'],
  ['validation/rules/VariablesInAllowedPositionRule.js', '          defaultValue\n        } of usages) {',
    '          defaultValue,\n          parentType\n        } of usages) {'],
  ['validation/rules/VariablesInAllowedPositionRule.js', 'nodes: [varDef, node]\n              }));\n            }',
    `nodes: [varDef, node] }));
            }
            if (parentType?.isOneOf && varType && !(0, _definition.isNonNullType)(varType)) {
              context.reportError(new _GraphQLError.GraphQLError(
                \`Variable "$\${varName}" is of type "\${varType}" but must be non-nullable \` +
                \`to be used for OneOf Input Object "\${parentType}".\`, { nodes: [varDef, node] }));
            }`],

  // @oneOf and arrays in place of input objects: coercion.
  ['utilities/coerceInputValue.js', 'if (!(0, _isObjectLike.isObjectLike)(inputValue)) {',
    'if (!(0, _isObjectLike.isObjectLike)(inputValue) || Array.isArray(inputValue)) {'],
  ['utilities/coerceInputValue.js', '    return coercedValue;\n  }\n  if ((0, _definition.isLeafType)(type)) {',
    `    if (type.isOneOf) {
      const names = Object.keys(coercedValue);
      if (names.length !== 1) {
        onError((0, _Path.pathToArray)(path), inputValue, new _GraphQLError.GraphQLError(
          \`Exactly one key must be specified for OneOf type "\${type.name}".\`));
      }
      if (coercedValue[names[0]] === null) {
        onError((0, _Path.pathToArray)(path).concat(names[0]), null,
          new _GraphQLError.GraphQLError(\`Field "\${names[0]}" must be non-null.\`));
      }
    }
    return coercedValue;
  }
  if ((0, _definition.isLeafType)(type)) {`],
  ['utilities/valueFromAST.js', '    return coercedObj;\n',
    `    if (type.isOneOf) {
      const names = Object.keys(coercedObj);
      if (names.length !== 1 || coercedObj[names[0]] === null) {
        return;
      }
    }
    return coercedObj;
`],

  // Descriptions on operations, fragments and variables.
  ['language/parser.js', 'const keywordToken = hasDescription ? this._lexer.lookahead() : this._lexer.token;',
    `const keywordToken = hasDescription ? this._lexer.lookahead() : this._lexer.token;
    if (hasDescription && keywordToken.kind === _tokenKind.TokenKind.BRACE_L) {
      throw (0, _syntaxError.syntaxError)(this._lexer.source, this._lexer.token.start,
        'Unexpected description, descriptions are not supported on shorthand queries.');
    }
    if (keywordToken.kind === _tokenKind.TokenKind.NAME) {
      if (['query', 'mutation', 'subscription'].includes(keywordToken.value)) {
        return this.parseOperationDefinition();
      }
      if (keywordToken.value === 'fragment') {
        return this.parseFragmentDefinition();
      }
    }`],
  ['language/parser.js', 'descriptions are supported only on type definitions.', 'only GraphQL definitions support descriptions.'],
  ['language/parser.js', '    const operation = this.parseOperationType();\n    let name;',
    '    this.parseDescription();\n    const operation = this.parseOperationType();\n    let name;'],
  ['language/parser.js', "    const start = this._lexer.token;\n    this.expectKeyword('fragment');",
    "    const start = this._lexer.token;\n    this.parseDescription();\n    this.expectKeyword('fragment');"],
  ['language/parser.js', '    return this.node(this._lexer.token, {\n      kind: _kinds.Kind.VARIABLE_DEFINITION,\n      variable: this.parseVariable(),',
    '    const start = this._lexer.token;\n    this.parseDescription();\n    return this.node(start, {\n      kind: _kinds.Kind.VARIABLE_DEFINITION,\n      variable: this.parseVariable(),'],

  // Of several arguments of one name, the last one of the second field counts when arguments are compared.
  ['validation/rules/OverlappingFieldsCanBeMergedRule.js', 'if (stringifyArguments(node1) !== stringifyArguments(node2)) {',
    'if (!haveSameArguments(node1.arguments ?? [], node2.arguments ?? [])) {'],
  ['validation/rules/OverlappingFieldsCanBeMergedRule.js', 'function stringifyArguments(fieldNode) {',
    `function haveSameArguments(some, others) {
      const text = (argument) => (0, _printer.print)((0, _sortValueNode.sortValueNode)(argument.value));
      const texts = new Map(others.map((argument) => [argument.name.value, text(argument)]));
      return some.length === others.length && some.every((argument) => texts.get(argument.name.value) === text(argument));
    }
    function stringifyArguments(fieldNode) {`],

  // Which pairs the field merging rule remembers decides which conflicts it repeats.
  ['validation/rules/OverlappingFieldsCanBeMergedRule.js', '  const fragment = context.getFragment(fragmentName);\n  if (!fragment) {',
    `  const pairs = comparedFragmentPairs.fieldsAndFragments ??= new Map();
  if (!pairs.has(fieldMap)) {
    pairs.set(fieldMap, new Map());
  }
  const known = pairs.get(fieldMap).get(fragmentName);
  if (known !== undefined && (areMutuallyExclusive || known === false)) {
    return;
  }
  pairs.get(fieldMap).set(fragmentName, areMutuallyExclusive);
  const fragment = context.getFragment(fragmentName);
  if (!fragment) {`],
  ['validation/rules/OverlappingFieldsCanBeMergedRule.js', '    if (comparedFragmentPairs.has(referencedFragmentName, fragmentName, areMutuallyExclusive)) {\n      continue;\n    }\n    comparedFragmentPairs.add(referencedFragmentName, fragmentName, areMutuallyExclusive);\n', ''],
];

/** Loads graphql-js; `patched: false` gives the library as Debian ships it. */
function loadGraphQL({ patched }) {
  if (patched) {
    const byFile = new Map();
    for (const [file, find, replacement] of patches) {
      const name = path.join(library, file);
      byFile.set(name, [...(byFile.get(name) ?? []), [find, replacement]]);
    }
    const compile = Module._extensions['.js'];
    Module._extensions['.js'] = (module, filename) => {
      const edits = byFile.get(filename);
      if (!edits) {
        return compile(module, filename);
      }
      let text = fs.readFileSync(filename, 'utf8');
      for (const [find, replacement] of edits) {
        if (text.split(find).length !== 2) {
          throw new Error(`${filename}: a patch expects to find exactly once: ${find}`);
        }
        text = text.split(find).join(replacement);
      }
      return module._compile(text, filename);
    };
  }
  const graphql = require(library);
  if (graphql.version !== '16.6.0') {
    throw new Error(`the patches are for graphql-js 16.6.0, found ${graphql.version}`);
  }
  return { ...graphql, validateSDL: require(path.join(library, 'validation/validate.js')).validateSDL,
    specifiedSDLRules: require(path.join(library, 'validation/specifiedRules.js')).specifiedSDLRules };
}

module.exports = { loadGraphQL };
