import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openPushJournal, type Noted } from '../../../core/back-office/push-journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'journal-'));
const file = join(folder, 'produtos.csv.progress');
afterAll(() => rmSync(folder, { recursive: true }));

const RUN = { sha256: 'aa', server: 'http://erp:6017', showcaseId: 2, priceTableId: 1 };
const taken = (id: string): Noted => ({ id, result: 'changed', text: null, transId: 7 });

it('keeps what was answered, also when a kill tore the last line', () => {
  const first = openPushJournal(file, RUN);
  expect(first.earlier.size).toBe(0);
  first.note([taken('a'), taken('b')]);
  first.close();
  appendFileSync(file, '[{"id":"c","resu');

  const second = openPushJournal(file, RUN);
  expect([...second.earlier.keys()]).toEqual(['a', 'b']);
  second.note([taken('d')]);
  second.close();

  const third = openPushJournal(file, RUN);
  expect([...third.earlier.keys()]).toEqual(['a', 'b', 'd']);
  third.close();
});

it('begins anew for another file or another server', () => {
  const other = openPushJournal(file, { ...RUN, sha256: 'bb' });
  expect(other.earlier.size).toBe(0);
  other.close();
  const again = openPushJournal(file, RUN);
  expect(again.earlier.size).toBe(0);
  again.remove();
  again.close();
  expect(existsSync(file)).toBe(false);
});
