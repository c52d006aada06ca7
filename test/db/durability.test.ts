import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

/*
 * better-sqlite3 is compiled so that WAL means synchronous=NORMAL, and drops FULL at the first write after
 * journal_mode=WAL. Nothing but counting what reaches the disk shows it: each sale must cost a sync.
 */

const folder = mkdtempSync(join(tmpdir(), 'station-syncs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const project = new URL('../../', import.meta.url);

const SALES = `for (let sale = 0; sale < 100; sale += 1) db.write((tx) => setLogin(tx, '1', sale));`;

const writer = (openings: string, opener: string, work: string): string => `
  import { openDatabase } from ${JSON.stringify(opener)};
  import { copySnapshot } from ${JSON.stringify(new URL('../../db/backup-file.ts', import.meta.url).href)};
  import { setLogin } from ${JSON.stringify(new URL('../../db/operator-queries.ts', import.meta.url).href)};
  import { writeSync } from 'node:fs';
  const ports = { nowMs: () => 1, newId: () => 'installation' };
  ${openings}
  writeSync(2, 'MARK-START');
  ${work}
  writeSync(2, 'MARK-END');
  db.close();
`;

/** Syncs between the two marks, as the kernel saw them. */
function countSyncs(
  name: string,
  openings: string,
  { opener = new URL('db/open-database.ts', project).href, work = SALES } = {},
): number {
  const script = join(folder, `${name}.mjs`);
  const trace = join(folder, `${name}.trace`);
  writeFileSync(script, writer(openings, opener, work));
  const traced = spawnSync(
    'strace',
    ['-f', '-o', trace, '-s', '16', '-e', 'trace=fsync,fdatasync,write', process.execPath, script],
    { encoding: 'utf8', env: { ...process.env, FILE: join(folder, `${name}.db`) } },
  );
  if (traced.error !== undefined)
    throw new Error('strace is needed to count syncs: apt-get install strace', { cause: traced.error });
  expect(traced.stderr).toContain('MARK-END');
  const calls = readFileSync(trace, 'utf8');
  const between = calls.slice(calls.indexOf('MARK-START'), calls.indexOf('MARK-END'));
  return between.match(/f(data)?sync\(/g)?.length ?? 0;
}

// strace is Linux's; the pragma that it proves is the same code everywhere.
describe.runIf(process.platform === 'linux')('durability', () => {
  it('syncs the disk for each of 100 writes on a new database', () => {
    expect(countSyncs('new', `const db = openDatabase(process.env.FILE, ports);`)).toBeGreaterThanOrEqual(100);
  });

  it('does so after the database was closed and opened again', () => {
    const reopen = `openDatabase(process.env.FILE, ports).close(); const db = openDatabase(process.env.FILE, ports);`;
    expect(countSyncs('reopened', reopen)).toBeGreaterThanOrEqual(100);
  });

  it('does so between pages of a register, which alone cost none', () => {
    const opening = `const db = openDatabase(process.env.FILE, ports);`;
    const page = `db.writeUnsynced((tx) => setLogin(tx, '2', at));`;
    const refused = `try { db.writeUnsynced(() => { throw new Error('no'); }); } catch {}`;
    const loop = (work: string): { work: string } => ({ work: `for (let at = 0; at < 100; at += 1) { ${work} }` });
    const mixed = loop(`${page} ${refused} db.write((tx) => setLogin(tx, '1', at));`);
    expect(countSyncs('mixed', opening, mixed)).toBeGreaterThanOrEqual(100);
    expect(countSyncs('pages', opening, loop(page))).toBeLessThanOrEqual(3);
  });

  it('does so after a migration of a database that is there', () => {
    const newer = join(folder, 'newer');
    cpSync(new URL('db', project), join(newer, 'db'), { recursive: true });
    writeFileSync(
      join(newer, 'db', 'migrations', '0002-next.sql'),
      'CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT;',
    );
    for (const name of ['contract', 'node_modules', 'package.json'])
      symlinkSync(new URL(name, project), join(newer, name));
    const first = `import { openDatabase as openOlder } from ${JSON.stringify(new URL('db/open-database.ts', project).href)};`;
    const migrate = `openOlder(process.env.FILE, ports).close(); const db = openDatabase(process.env.FILE, ports);`;
    const opener = `file://${join(newer, 'db', 'open-database.ts')}`;
    expect(countSyncs('migrated', `${first}\n${migrate}`, { opener })).toBeGreaterThanOrEqual(100);
    expect(existsSync(join(folder, 'backups', 'before-migration-from-1-migrated.db'))).toBe(true);
  });

  it('does so on a copy made by a backup', () => {
    const restore = `
      const first = openDatabase(process.env.FILE, ports);
      await copySnapshot(process.env.FILE, process.env.FILE + '.copy', () => undefined);
      first.close();
      const db = openDatabase(process.env.FILE + '.copy', ports);`;
    expect(countSyncs('restored', restore)).toBeGreaterThanOrEqual(100);
  });
});
