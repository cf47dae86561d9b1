import tseslint from 'typescript-eslint';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';

// The arrows of ARCHITECTURE.md: what each lib may import from the others. Types of libs/node's ports may be imported by
// the adapters that implement them; values may not, so that node and adapters meet only in apps.
const MAY_IMPORT = {
  codec: [],
  identity: ['codec'],
  ledger: ['codec', 'identity'],
  consensus: ['codec', 'identity'],
  trace: ['codec', 'identity', 'ledger'],
  node: ['codec', 'identity', 'ledger', 'consensus', 'trace'],
  keystore: ['codec', 'identity'],
  store: ['codec', 'identity', 'ledger', 'consensus'],
  network: ['codec', 'identity'],
  index: ['codec', 'identity', 'ledger', 'trace'],
  simulator: ['codec', 'identity', 'ledger', 'consensus', 'trace', 'node'],
  sdk: ['codec', 'identity', 'ledger', 'trace'],
};
const PURE = ['codec', 'identity', 'ledger', 'consensus', 'trace', 'node', 'simulator'];
const LIBS = Object.keys(MAY_IMPORT);

const arrows = LIBS.map((lib) => ({
  files: [`libs/${lib}/src/**/*.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^#(${LIBS.filter((other) => !MAY_IMPORT[lib].includes(other) && other !== 'node').join('|')})$`,
            message: `libs/${lib} may import ${MAY_IMPORT[lib].join(', ') || 'no other lib'}: arrows run one way (ARCHITECTURE.md).`,
          },
          ...(MAY_IMPORT[lib].includes('node')
            ? []
            : [{ regex: '^#node$', allowTypeImports: true, message: 'Adapters import only the port types of libs/node; they meet in apps.' }]),
          { regex: '^(\\.\\./)+(libs|apps)/|^(\\.\\./){2,}src/|libs/[a-z]+/src/', message: 'No deep imports past another lib’s index.ts.' },
          ...(PURE.includes(lib)
            ? [
                {
                  regex: '^(node:|@nestjs/|typeorm|pg$|lmdb$|ws$|pino|sodium-native)',
                  message: `libs/${lib} is pure: time, randomness, sockets and files come as arguments, so that the simulator and the browser run the same code.`,
                },
              ]
            : []),
        ],
      },
    ],
  },
}));

const noHiddenInputs = {
  files: PURE.map((lib) => `libs/${lib}/src/**/*.ts`),
  ignores: ['**/*.spec.ts'],
  rules: {
    'no-restricted-globals': [
      'error',
      ...['process', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch', 'crypto', 'console'].map((name) => ({
        name,
        message: 'Pure libs take time, randomness and I/O as arguments.',
      })),
    ],
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'Time is an argument.' },
      { object: 'Math', property: 'random', message: 'Randomness is an argument.' },
    ],
    'no-restricted-syntax': [
      'error',
      { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is an argument.' },
      { selector: "CallExpression[callee.property.name='localeCompare']", message: 'Locale-dependent order is a fork; use compareStrings.' },
    ],
  },
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'coverage/**', '.lading*/**', '*.config.js'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@typescript-eslint': tseslint.plugin, 'import-x': importX },
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: ['./tsconfig.json', './apps/dashboard/tsconfig.json'], noWarnOnMultipleProjects: true })] },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-self-import': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'off',
      'no-console': 'off',
      'prefer-const': 'error',
      eqeqeq: 'error',
    },
  },
  // One reader of the environment per app.
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts', 'bench/**/*.ts'],
    ignores: ['apps/*/src/config/**', 'apps/**/test/**', 'bench/**', '**/*.spec.ts'],
    rules: { 'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only apps/*/src/config reads the environment.' }] },
  },
  // What runs in browsers: the pure libs and the client, nothing that needs Node.
  {
    files: ['apps/dashboard/src/**/*.ts', 'apps/dashboard/src/**/*.tsx'],
    ignores: ['**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(node:|@nestjs/|typeorm|pg$|lmdb$|ws$|pino|sodium-native|#(node|store|network|index|keystore|consensus|simulator)$)',
              message: 'This runs in browsers: only the pure libs and #sdk.',
            },
          ],
        },
      ],
    },
  },
  ...arrows,
  noHiddenInputs,
);
