import lit from 'eslint-plugin-lit';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** The floors of the house (docs/architecture.md), lowest first. Each entry is one floor. */
const FLOORS = [
  ['protocol', 'events'],
  ['transport'],
  ['session'],
  ['controllers'],
  ['elements'],
  ['widget'],
];
/** Lit starts here. */
const LIT_FROM = 3;

const above = (index) => FLOORS.slice(index + 1).flat();
const forbid = (...patterns) => ({'no-restricted-imports': ['error', {patterns}]});

const floorRules = FLOORS.flatMap((names, index) =>
  names.map((name) => ({
    files: [`src/${name}/**/*.ts`],
    rules: forbid(
      {
        group: [
          ...above(index).map((other) => `**/${other}/**`),
          '**/define.js',
          '**/register.js',
          '**/global.js',
          '**/index.js',
        ],
        message: `src/${name} may import only from the floors below it and from itself.`,
      },
      ...(index < LIT_FROM
        ? [{group: ['lit', 'lit/**', '@lit/**'], message: `src/${name} stays free of Lit.`}]
        : []),
      ...(name === 'protocol'
        ? [
            {
              group: ['**/events/**', '**/log.js'],
              message: 'src/protocol imports nothing but itself.',
            },
          ]
        : []),
    ),
  })),
);

const SYNTAX = [
  {selector: 'TSEnumDeclaration', message: 'Use an `as const` object or a union.'},
  {selector: 'ExportDefaultDeclaration', message: 'Use a named export.'},
  {
    selector:
      ':matches(AssignmentExpression > .left, CallExpression > .callee)[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
    message: 'No HTML from strings.',
  },
];
/**
 * Each file that is loaded on its own may have a class of ours once more, and what comes from another file is
 * then none of it. The first script has PexipChatError for all of them (src/parts/core.ts).
 */
const CLASSES_OF_ALL_FILES = [
  'PexipChatError',
  'CustomEvent',
  'Element',
  'Error',
  'HTMLElement',
  'HTMLInputElement',
  'Object',
  'ShadowRoot',
  'URL',
];
const NO_OTHER_INSTANCEOF = {
  selector: `BinaryExpression[operator="instanceof"][right.name=/^[A-Z]/][right.name!=/^(${CLASSES_OF_ALL_FILES.join('|')})$/]`,
  message: 'This class may be in several files. Know what comes from another one by its fields.',
};

export default tseslint.config(
  {ignores: ['dist/', 'broker/dist/', '.test-results/', 'plugin/webapp3/branding/plugins/']},
  ...tseslint.configs.recommended,
  {
    languageOptions: {parserOptions: {ecmaVersion: 2023}},
    linterOptions: {reportUnusedDisableDirectives: 'error'},
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-empty-object-type': [
        'error',
        {allowInterfaces: 'with-single-extends'},
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        {argsIgnorePattern: '^_', varsIgnorePattern: '^_'},
      ],
      'no-restricted-syntax': ['error', ...SYNTAX],
    },
  },
  {files: ['src/**/*.ts', 'plugin/**/*.ts'], ...wc.configs['flat/recommended']},
  {files: ['src/**/*.ts'], ...lit.configs['flat/recommended']},
  ...floorRules,
  {
    files: ['src/**/*.ts'],
    rules: {'no-restricted-syntax': ['error', ...SYNTAX, NO_OTHER_INSTANCEOF]},
  },
  {
    files: ['src/protocol/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        'window',
        'document',
        'fetch',
        'WebSocket',
        'localStorage',
      ],
    },
  },
  {
    files: ['plugin/src/**/*.ts'],
    rules: forbid({
      regex: '^\\.\\./\\.\\./src/(?!protocol/|errors\\.js|version\\.js)',
      message: 'The plugin imports src/protocol and src/errors only.',
    }),
  },
  {
    files: ['broker/src/**/*.ts'],
    rules: forbid({
      regex:
        '^(\\.\\./)+(src/(?!protocol/|version\\.js)|demo/|plugin/|test/|bin/(?!doctor/|invite/))',
      message: 'The broker imports src/protocol, bin/doctor and bin/invite only.',
    }),
  },
  {
    files: ['bin/**/*.ts'],
    rules: forbid({
      regex: '^(\\.\\./)+(src/(?!protocol/|version\\.js)|demo/|plugin/|test/|broker/)',
      message: 'The commands import src/protocol only.',
    }),
  },
  {
    files: [
      'src/log.ts',
      'plugin/src/log.ts',
      'bin/print.ts',
      'broker/src/log.ts',
      'demo/**',
      'test/**',
      '**/*.mjs',
    ],
    rules: {'no-console': 'off'},
  },
  {
    files: ['test/**/*.ts'],
    ignores: ['test/support/wait.ts'],
    rules: forbid({
      group: ['@open-wc/testing'],
      importNames: ['waitUntil'],
      message: 'It gives up after a second. Take the patient one of test/support/wait.ts.',
    }),
  },
  // Chai asserts by reading a property.
  {files: ['test/**/*.test.ts'], rules: {'@typescript-eslint/no-unused-expressions': 'off'}},
  {files: ['**/*.config.mjs'], rules: {'no-restricted-syntax': 'off'}},
);
