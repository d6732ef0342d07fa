import globals from 'globals';

/** ESLint's recommended rules. */
const RECOMMENDED = `
  for-direction no-array-constructor no-async-promise-executor no-case-declarations no-compare-neg-zero
  no-cond-assign no-constant-binary-expression no-constant-condition no-control-regex no-debugger no-delete-var
  no-dupe-else-if no-duplicate-case no-empty no-empty-character-class no-empty-function no-empty-pattern
  no-empty-static-block no-ex-assign no-extra-boolean-cast no-fallthrough no-global-assign no-invalid-regexp
  no-irregular-whitespace no-loss-of-precision no-misleading-character-class no-nonoctal-decimal-escape
  no-prototype-builtins no-regex-spaces no-self-assign no-shadow-restricted-names no-sparse-arrays
  no-unassigned-vars no-unexpected-multiline no-unsafe-finally no-unsafe-optional-chaining no-unused-expressions
  no-unused-labels no-unused-private-class-members no-unused-vars no-useless-assignment no-useless-backreference
  no-useless-catch no-useless-constructor no-useless-escape preserve-caught-error require-yield use-isnan
  valid-typeof
`;

/** Those of them that TypeScript's compiler checks by itself. */
const ONLY_IN_JAVASCRIPT = `
  constructor-super getter-return no-class-assign no-const-assign no-dupe-class-members no-dupe-keys
  no-func-assign no-import-assign no-new-native-nonconstructor no-obj-calls no-redeclare no-setter-return
  no-this-before-super no-unreachable no-unsafe-negation no-with
`;

/** The rules of typescript-eslint's sets `strictTypeChecked` and `stylisticTypeChecked`. */
const TYPED = `
  adjacent-overload-signatures array-type await-thenable ban-tslint-comment class-literal-property-style
  consistent-generic-constructors consistent-indexed-object-style consistent-type-assertions
  consistent-type-definitions dot-notation no-array-delete no-base-to-string no-confusing-non-null-assertion
  no-confusing-void-expression no-deprecated no-duplicate-enum-values no-duplicate-type-constituents
  no-dynamic-delete no-empty-object-type no-explicit-any no-extra-non-null-assertion no-extraneous-class
  no-floating-promises no-for-in-array no-generated-empty-object-type no-implied-eval no-inferrable-types
  no-invalid-void-type no-meaningless-void-operator no-misused-new no-misused-promises no-misused-spread
  no-mixed-enums no-namespace no-non-null-asserted-nullish-coalescing no-non-null-asserted-optional-chain
  no-redundant-type-constituents no-require-imports no-this-alias no-unnecessary-boolean-literal-compare
  no-unnecessary-condition no-unnecessary-template-expression no-unnecessary-type-arguments
  no-unnecessary-type-assertion no-unnecessary-type-constraint no-unnecessary-type-conversion
  no-unnecessary-type-parameters no-unsafe-argument no-unsafe-assignment no-unsafe-call
  no-unsafe-declaration-merging no-unsafe-enum-comparison no-unsafe-function-type no-unsafe-member-access
  no-unsafe-return no-unsafe-unary-minus no-useless-default-assignment no-wrapper-object-types
  non-nullable-type-assertion-style only-throw-error prefer-as-const prefer-find prefer-function-type
  prefer-includes prefer-literal-enum-member prefer-namespace-keyword prefer-nullish-coalescing
  prefer-optional-chain prefer-promise-reject-errors prefer-reduce-type-parameter prefer-regexp-exec
  prefer-return-this-type prefer-string-starts-ends-with related-getter-setter-pairs triple-slash-reference
  unbound-method unified-signatures use-unknown-in-catch-callback-variable
`;

const namedExports = {
  selector: 'ExportDefaultDeclaration > :not(CallExpression, ObjectExpression)',
  message: 'Use named exports.',
};

/** A test that is skipped, or that silences the others, says nothing. */
const everyTestRuns = {
  selector:
    'MemberExpression[object.name=/^(describe|it|test)$/][property.name=/^(skip|only|todo|skipIf|runIf|fails)$/]',
  message: 'Every test runs, and passes: no skip, only, todo or fails.',
};

/** What a browser has and Node.js does not, or the other way round: core runs in both. */
const platformGlobals = [...Object.keys(globals.browser), ...Object.keys(globals.nodeBuiltin)].filter(
  (name) => !(name in globals['shared-node-browser']) && !(name in globals.builtin),
);

/**
 * @param {string} names of rules
 * @param {'error' | 'off'} level
 * @param {string} plugin the names' prefix
 */
function rules(names, level = 'error', plugin = '') {
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [plugin + name, level]),
  );
}

// Why this linter: docs/decisions/0132-lint-by-oxlint.md.
export default {
  plugins: ['typescript'],
  // ESLint's own `no-restricted-syntax`.
  jsPlugins: [{ name: 'eslint-js', specifier: 'oxlint-plugin-eslint' }],
  categories: { correctness: 'off' },
  options: { typeAware: true, reportUnusedDisableDirectives: 'error', denyWarnings: true },
  ignorePatterns: ['**/dist/**', '**/node_modules/**', 'packages/*/assembly/**', 'coverage/**'],
  rules: {
    ...rules(RECOMMENDED),
    ...rules(ONLY_IN_JAVASCRIPT),
    ...rules(TYPED, 'error', 'typescript/'),
    'typescript/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
    'typescript/restrict-plus-operands': [
      'error',
      {
        allowAny: false,
        allowBoolean: false,
        allowNullish: false,
        allowNumberAndString: false,
        allowRegExp: false,
      },
    ],
    'typescript/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    'typescript/consistent-type-imports': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'eslint-js/no-restricted-syntax': ['error', namedExports, everyTestRuns],
    'max-lines': ['error', { max: 500 }],
    'max-lines-per-function': ['error', { max: 80 }],
    eqeqeq: 'error',
  },
  overrides: [
    {
      files: ['**/*.ts'],
      rules: {
        ...rules(ONLY_IN_JAVASCRIPT, 'off'),
        ...rules('no-var prefer-const prefer-rest-params prefer-spread'),
      },
    },
    {
      // A describe block holds the tests of one thing, each of which is short.
      files: ['**/*.test.ts'],
      rules: { 'max-lines-per-function': 'off' },
    },
    {
      // In plain JavaScript types come from JSDoc, whose casts these rules do not all see.
      files: ['**/*.mjs'],
      rules: rules(
        'no-unsafe-argument no-unsafe-assignment no-unsafe-member-access no-unnecessary-type-assertion',
        'off',
        'typescript/',
      ),
    },
    {
      files: ['packages/core/src/**'],
      excludeFiles: ['**/*.test.ts'],
      rules: {
        'no-restricted-imports': ['error', { patterns: ['node:*', '@shoal/*'] }],
        'no-restricted-globals': ['error', ...platformGlobals],
      },
    },
  ],
};
