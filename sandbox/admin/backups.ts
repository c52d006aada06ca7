import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ErpError } from '../http/erp-error.ts';
import type { JsonObject } from '../http/json.ts';
import { NOT_RESTORED } from '../store/erp-schema.ts';
import type { Store } from '../store/open-store.ts';

/** The ERP's backups, by name, beside its file. */
export type Backups = {
  take(name: string): JsonObject;
  /**
   * Puts the ERP back to a backup: documents, registers, customers, users, ids and trans_ids; sessions are gone. What
   * the sandbox knows of itself stays. One transaction: killed in the middle, nothing was restored.
   */
  restore(name: string, atMs: number): JsonObject;
  names(): readonly string[];
};

export function createBackups({ db, file }: Store): Backups {
  const folder = `${file}.backups`;
  const noteRestore = db.prepare('INSERT INTO restores (name, at_ms) VALUES (?, ?)');
  const listTables = db.prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table'`).pluck();

  function pathOf(name: string): string {
    if (!/^[\w-]{1,60}$/.test(name)) throw new ErpError(400, 'a backup is named by letters, digits, - and _');
    return join(folder, `${name}.sqlite`);
  }

  const copyBack = db.transaction((name: string, atMs: number): readonly string[] => {
    const tables = listTables.all().filter((table) => !NOT_RESTORED.has(table) && !table.startsWith('sqlite_'));
    for (const table of tables) {
      db.exec(`DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM backup.${table}`);
    }
    db.exec('DELETE FROM main.sessions');
    noteRestore.run(name, atMs);
    return tables;
  });

  return {
    take(name) {
      const path = pathOf(name);
      mkdirSync(folder, { recursive: true });
      // Half a backup must not pass for one.
      rmSync(`${path}.new`, { force: true });
      db.prepare('VACUUM INTO ?').run(`${path}.new`);
      renameSync(`${path}.new`, path);
      return { name };
    },
    restore(name, atMs) {
      const path = pathOf(name);
      if (!existsSync(path)) throw new ErpError(404, `no such backup: ${name}`);
      db.prepare('ATTACH ? AS backup').run(path);
      try {
        return { name, tables: copyBack.immediate(name, atMs).length };
      } finally {
        db.exec('DETACH backup');
      }
    },
    names: () =>
      existsSync(folder)
        ? readdirSync(folder).flatMap((each) => (each.endsWith('.sqlite') ? [each.slice(0, -'.sqlite'.length)] : []))
        : [],
  };
}
