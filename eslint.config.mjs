import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

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

/** What a browser has and Node.js has not, or the other way round: core runs in both. */
const platformGlobals = [...Object.keys(globals.browser), ...Object.keys(globals.nodeBuiltin)].filter(
  (name) => !(name in globals['shared-node-browser']) && !(name in globals.builtin),
);

export default defineConfig(
  { ignores: ['**/dist/**', '**/node_modules/**', 'packages/*/assembly/**', 'coverage/**'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // TypeScript knows better which names exist.
      'no-undef': 'off',
      // Kernels and loops index typed arrays in bounds; `!` says so where a check would only cost time.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/prefer-for-of': 'off',
      // Interfaces are asynchronous where one engine needs it; the others must still reject, not throw.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-syntax': ['error', namedExports, everyTestRuns],
      'max-lines': ['error', { max: 500 }],
      'max-lines-per-function': ['error', { max: 80 }],
      eqeqeq: 'error',
    },
  },
  {
    // A describe block holds the tests of one thing, each of which is short.
    files: ['**/*.test.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // In plain JavaScript types come from JSDoc, whose casts this rule does not see.
    files: ['**/*.mjs'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    files: ['packages/core/src/**'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['node:*', '@shoal/*'] }],
      'no-restricted-globals': ['error', ...platformGlobals],
    },
  },
);
