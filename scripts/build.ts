import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { OutputOptions } from 'rolldown';

const project = dirname(import.meta.dirname);
const out = join(project, 'out');

/** Loaded where they are: Electron gives the one, the other brings its own compiled addon. */
const NEVER_BUNDLED = ['electron', 'better-sqlite3'];

type PartName = 'electron' | 'core' | 'db' | 'sandbox' | 'renderer';

/** The parts that run without a window: the core with its command line, and the stand-in ERP. */
export const programs: readonly PartName[] = ['core', 'db', 'sandbox'];

/** One folder of `out/`: what it is made from, and how. */
type Part = {
  readonly name: PartName;
  readonly sources: readonly string[];
  readonly build: (into: string) => Promise<void>;
};

const parts: readonly Part[] = [
  {
    name: 'electron',
    sources: ['electron', 'contract'],
    build: async (into) => {
      await bundle({ main: 'electron/main.ts' }, into, { format: 'esm' });
      // A sandboxed preload is one CommonJS file.
      await bundle({ preload: 'electron/preload.ts' }, into, { format: 'cjs', entryFileNames: '[name].cjs' });
    },
  },
  {
    name: 'core',
    sources: ['core', 'db', 'contract'],
    build: async (into) => {
      // A thread is started from a file of its own; wherever its source lies, it is found beside main.
      const threads = globSync('core/**/*-{thread,worker}.ts', { cwd: project });
      const entries = Object.fromEntries(threads.map((file) => [basename(file, '.ts'), file]));
      await bundle({ main: 'core/main.ts', cli: 'core/cli.ts', ...entries }, into, { format: 'esm' });
    },
  },
  {
    name: 'db',
    sources: ['db/migrations'],
    build: (into) => cp(join(project, 'db/migrations'), join(into, 'migrations'), { recursive: true }),
  },
  {
    name: 'sandbox',
    sources: ['sandbox'],
    build: (into) => bundle({ main: 'sandbox/main.ts' }, into, { format: 'esm' }),
  },
  {
    name: 'renderer',
    sources: ['renderer', 'contract', 'electron/stopped', 'electron/bridge.ts'],
    build: async (into) => {
      await buildRenderer(into);
      await bundle({ stopped: 'electron/stopped/stopped.ts' }, into, { format: 'esm' });
      await copyFile(join(project, 'electron/stopped/stopped.html'), join(into, 'stopped.html'));
    },
  },
];

/**
 * Brings `out/`, or only the parts named, up to date and answers the names of the parts that had to be built.
 *
 * A part is built beside its place and then moved there; its stamp (a hash of all it was made from) is written last. A
 * build that was killed is therefore done again, and an unchanged part costs only the reading of its sources.
 */
export async function buildApp(
  log: (line: string) => void,
  names: readonly PartName[] = parts.map(({ name }) => name),
): Promise<string[]> {
  await mkdir(out, { recursive: true });
  const wanted = parts.filter(({ name }) => names.includes(name));
  const built = await Promise.all(
    wanted.map(async (part) => {
      const stamp = await fingerprint([...part.sources, 'package-lock.json', 'scripts/build.ts']);
      const stampFile = join(out, `${part.name}.stamp`);
      const target = join(out, part.name);
      if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return undefined;
      const startedAt = performance.now();
      const beside = join(out, `.${part.name}-${process.pid}`);
      await rm(stampFile, { force: true });
      await part.build(beside);
      await replaceFolder(target, beside);
      await writeFile(stampFile, stamp);
      log(`build: ${part.name} in ${Math.round(performance.now() - startedAt)} ms`);
      return part.name;
    }),
  );
  return built.filter((name) => name !== undefined);
}

/** Two builds at once make the same; the one that comes second leaves the first one's work where it is. */
async function replaceFolder(target: string, made: string): Promise<void> {
  const old = `${made}-old`;
  await rename(target, old).catch(() => undefined);
  await rename(made, target).catch(() => rm(made, { recursive: true, force: true }));
  await rm(old, { recursive: true, force: true });
}

async function bundle(entries: Record<string, string>, into: string, output: OutputOptions): Promise<void> {
  // Read only where something is to be built: mostly nothing is, and whoever asks waits for it.
  const { rolldown } = await import('rolldown');
  const result = await rolldown({
    cwd: project,
    input: entries,
    platform: 'node',
    external: [...NEVER_BUNDLED, /^node:/],
    transform: { target: 'node20' },
    logLevel: 'warn',
  });
  await result.write({ dir: into, entryFileNames: '[name].js', chunkFileNames: 'chunk-[hash].js', ...output });
  await result.close();
}

async function buildRenderer(into: string): Promise<void> {
  const [{ build }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')]);
  await build({
    configFile: false,
    root: join(project, 'renderer'),
    base: '/',
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: into,
      emptyOutDir: true,
      // Chromium 130 is the oldest Electron we run in.
      target: 'chrome130',
      // The polyfill fetches, which the page's policy forbids.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2_000,
    },
  });
}

/** A hash of the names and contents below the given paths. */
async function fingerprint(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await filesBelow(join(project, path))) {
      hash
        .update(`${relative(project, file)}\0`)
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (entries === undefined) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

if (import.meta.main) {
  const built = await buildApp((line) => console.log(line));
  console.log(built.length === 0 ? 'build: nothing to do' : `build: done (${built.join(', ')})`);
}
