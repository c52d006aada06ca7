// The import table of ARCHITECTURE.md. test/architecture.test.ts plants a violation of each rule and expects it caught.

const builtins = { dependencyTypes: ['core'] };
/** Package names as they appear in a resolved path. */
const packages = (...names) => `node_modules/(${names.join('|')})/`;

export default {
  forbidden: [
    {
      name: 'contract-is-pure',
      comment: 'What crosses processes runs in each of them: zod and nothing of Node, the DOM or Electron.',
      severity: 'error',
      from: { path: '^contract/' },
      to: { pathNot: ['^contract/', packages('zod')] },
    },
    {
      name: 'db-imports',
      comment: 'The database knows the contract and its own drivers, not who uses it.',
      severity: 'error',
      from: { path: '^db/' },
      to: {
        pathNot: ['^(db|contract)/', packages('better-sqlite3', '@types/better-sqlite3', 'drizzle-orm')],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'sqlite-opened-in-one-place',
      comment: 'Every connection to data gets its pragmas in db/open-database.ts; one that forgets FULL loses sales.',
      severity: 'error',
      from: {
        path: '^(db|core|electron|renderer|contract)/',
        pathNot: '^db/(open-database|lock-data|backup-file|rewrite-log|move-log)\\.ts$',
      },
      to: { path: packages('better-sqlite3', '@types/better-sqlite3'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'core-imports',
      comment: 'The core reaches rows through db and knows no window, no stand-in ERP and no script.',
      severity: 'error',
      from: { path: '^core/' },
      to: {
        path: [
          '^(electron|renderer|sandbox|scripts|test|bench)/',
          packages(
            'electron',
            'drizzle-orm',
            'better-sqlite3',
            '@types/better-sqlite3',
            'fastify',
            'react',
            'react-dom',
          ),
        ],
      },
    },
    {
      name: 'one-file-speaks-http',
      comment: 'Time-outs, redirects and error classes are decided once, in core/connectors/http.ts.',
      severity: 'error',
      from: { path: '^(contract|db|core|electron|renderer)/', pathNot: '^core/connectors/http\\.ts$' },
      to: { path: [packages('axios'), '^(node:)?(https?|http2)$'] },
    },
    {
      name: 'rules-are-pure',
      comment: 'A rule is decided by its arguments: no clock, no randomness, no I/O. A type alone does nothing.',
      severity: 'error',
      from: { path: '^core/.+-rules\\.ts$' },
      to: { pathNot: ['^contract/', '^core/.+-rules\\.ts$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'electron-imports',
      comment: 'Main starts a file path; it shares the contract with the core and nothing else.',
      severity: 'error',
      from: { path: '^electron/' },
      to: { pathNot: ['^(electron|contract)/', packages('electron')], dependencyTypesNot: ['core'] },
    },
    {
      name: 'renderer-imports',
      comment: 'A page sees the contract and its own libraries.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: {
        path: [
          '^(electron|core|db|sandbox|scripts|test|bench)/',
          packages('electron', 'drizzle-orm', 'better-sqlite3', 'axios', 'fastify', 'commander'),
        ],
      },
    },
    {
      name: 'renderer-without-node',
      comment: 'A sandboxed page has no Node.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: builtins,
    },
    {
      name: 'sandbox-stands-alone',
      comment: 'A stand-in ERP that shared code with the product would share its mistakes.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: {
        pathNot: ['^sandbox/', packages('fastify', 'better-sqlite3', '@types/better-sqlite3')],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'product-without-tools',
      comment: 'What ships does not need what is only there to develop. Electron and types are given by the package.',
      severity: 'error',
      from: { path: '^(contract|db|core|electron|renderer|sandbox)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: packages('electron', '@types/.+', 'vite'),
      },
    },
    {
      name: 'product-without-tests',
      comment: 'Nothing that ships reads tests, benchmarks or scripts.',
      severity: 'error',
      from: { path: '^(contract|db|core|electron|renderer|sandbox)/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that leads nowhere is not checked by the rules above.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types too: a type that crosses a border is knowledge that crosses it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    exclude: { path: '^(out|dist)/|\\.css$|\\.svg$|\\.woff2$' },
  },
};
