import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile, copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const project = dirname(import.meta.dirname);
const CONFIG = '.dependency-cruiser.mjs';
const RULED_FOLDERS = ['contract', 'db', 'core', 'electron', 'renderer', 'sandbox'];
const run = promisify(execFile);

type Report = {
  modules: { source: string }[];
  summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
};

/** For each rule: files that break it. */
const plants: Record<string, readonly (readonly [file: string, content: string])[]> = {
  'contract-is-pure': [['contract/planted-clock.ts', `import 'node:fs';`]],
  'db-imports': [['db/planted-commander.ts', `import 'commander';`]],
  'sqlite-opened-in-one-place': [
    ['db/planted-open.ts', `import Database from 'better-sqlite3'; export default Database;`],
  ],
  'core-imports': [['core/planted-orm.ts', `import { eq } from 'drizzle-orm'; export const equal = eq;`]],
  'one-file-speaks-http': [['core/connectors/planted-client.ts', `import axios from 'axios'; export default axios;`]],
  'rules-are-pure': [
    ['core/sale/planted-rules.ts', `import { readFileSync } from 'node:fs'; export const read = readFileSync;`],
  ],
  'electron-imports': [
    ['electron/planted-core.ts', `import { station } from '../core/planted-station.ts'; export const mine = station;`],
    ['core/planted-station.ts', `export const station = 1;`],
  ],
  'renderer-imports': [
    ['renderer/planted-core.tsx', `import { rule } from '../core/planted-price.ts'; export const mine = rule;`],
    ['core/planted-price.ts', `export const rule = 1;`],
  ],
  'renderer-without-node': [
    ['renderer/planted-files.ts', `import { readFileSync } from 'node:fs'; export const read = readFileSync;`],
  ],
  'sandbox-stands-alone': [
    ['sandbox/planted-contract.ts', `import { cents } from '../contract/planted-cents.ts'; export const mine = cents;`],
    ['contract/planted-cents.ts', `export const cents = 1;`],
  ],
  'product-without-tools': [['core/planted-tool.ts', `import 'vitest';`]],
  'product-without-tests': [
    ['core/planted-test.ts', `import { fake } from '../test/planted-fake.ts'; export const mine = fake;`],
    ['test/planted-fake.ts', `export const fake = 1;`],
  ],
  'no-circles': [
    ['core/planted-hen.ts', `import { egg } from './planted-egg.ts'; export const hen = egg;`],
    ['core/planted-egg.ts', `import { hen } from './planted-hen.ts'; export const egg = hen;`],
  ],
  'everything-resolves': [['core/planted-nowhere.ts', `import './is-not-there.ts';`]],
};

describe('the import table', () => {
  test('is kept by every module of the product, and every module was read', async () => {
    const report = await cruise(project, [...RULED_FOLDERS, 'scripts', 'bench', 'test']);
    expect(report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);

    const read = new Set(report.modules.map(({ source }) => source));
    const sources = (await Promise.all(RULED_FOLDERS.map(sourcesBelow))).flat();
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter((file) => !read.has(file))).toEqual([]);
  });

  describe('catches', () => {
    let folder = '';
    let report: Report;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'station-architecture-'));
      for (const name of [CONFIG, 'tsconfig.json', 'package.json'])
        await copyFile(join(project, name), join(folder, name));
      await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
      for (const [file, content] of Object.values(plants).flat()) {
        await mkdir(dirname(join(folder, file)), { recursive: true });
        await writeFile(join(folder, file), content);
      }
      report = await cruise(folder, [...RULED_FOLDERS, 'test']);
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    test.each(Object.keys(plants))('a violation of %s', (rule) => {
      const files = new Set((plants[rule] ?? []).map(([file]) => file));
      const caughtBy = report.summary.violations.filter(({ from }) => files.has(from)).map((found) => found.rule.name);
      expect(caughtBy).toContain(rule);
    });

    test('a violation of every rule there is', async () => {
      const { default: config } = (await import(join(project, CONFIG))) as {
        default: { forbidden: { name: string }[] };
      };
      expect(Object.keys(plants).toSorted()).toEqual(config.forbidden.map(({ name }) => name).toSorted());
    });
  });
});

/** What dependency-cruiser says about the folders of a tree. */
async function cruise(folder: string, folders: readonly string[]): Promise<Report> {
  const program = join(project, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const args = [program, '--config', CONFIG, '--output-type', 'json', ...folders];
  // It exits with the number of violations; the report is complete either way.
  const { stdout, stderr } = await run(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: unknown) => error as { stdout: string; stderr: string },
  );
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser gave no report: ${stderr}`);
  return JSON.parse(stdout) as Report;
}

async function sourcesBelow(folder: string): Promise<string[]> {
  const names = await readdir(join(project, folder), { recursive: true });
  return names.filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts')).map((name) => `${folder}/${name}`);
}
