import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openReadOnly, pick, type Row } from './floor/raw-database.ts';
import { columns } from './floor/sale-columns.ts';
import type { ScanFloorRound } from './floor/scan-floor.ts';
import { startForked, type Forked } from './measure/forked.ts';
import { sellableBarcodes } from './store/generated-catalogue.ts';
import type { PreparedStore } from './store/prepare-store.ts';

const CORE = fileURLToPath(new URL('../core/main.ts', import.meta.url));
const FLOOR = fileURLToPath(new URL('floor/scan-floor-process.ts', import.meta.url));

/** Rings one whole sale in the product, then the same rows and bytes on the floor. */
export async function createScanRound(options: {
  readonly store: PreparedStore;
  readonly items: number;
  readonly floorFolder: string;
  readonly profile: string | null;
}) {
  const { store, items, floorFolder, profile } = options;
  const floorFile = join(floorFolder, 'floor', 'station.db');
  mkdirSync(join(floorFolder, 'floor'));
  copyFileSync(store.file, floorFile);
  const execArgv = profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const core = await startForked(CORE, ['--data', store.data], { execArgv, isReadyFirst: true });
  const floor = await startForked(FLOOR, []);
  const written = openReadOnly(store.file);
  const barcodes = sellableBarcodes(store.products, 7);
  let lastId = 0;
  let lastReply: object = {};

  async function ask(process: Forked, method: string, input: object): Promise<{ ms: number; answer: object }> {
    lastId += 1;
    const asked = await process.ask(lastId, { id: lastId, method, input });
    if ('ok' in asked.answer && asked.answer.ok === true) return asked;
    throw new Error(`${method}: ${JSON.stringify(asked.answer)}`);
  }

  async function ring(
    process: Forked,
    saleId: string,
    codes: readonly string[],
  ): Promise<{ ms: number; answer: object }[]> {
    const asked: { ms: number; answer: object }[] = [];
    for (const barcode of codes) {
      asked.push(await ask(process, 'sale.addItem', { commandId: randomUUID(), saleId, barcode }));
    }
    return asked;
  }

  function readRound(saleId: string, replies: readonly object[]): ScanFloorRound {
    const sale = written.prepare<[string], Row>('SELECT * FROM sales WHERE sale_id = ?').get(saleId);
    const lines = written
      .prepare<[string], Row>('SELECT * FROM sale_items WHERE sale_id = ? ORDER BY position')
      .all(saleId);
    const commands = written
      .prepare<[string], Row>("SELECT * FROM command_log WHERE method = 'sale.addItem' AND result_ref LIKE ?")
      .all(`%${saleId}%`);
    if (sale === undefined) throw new Error('the product lost a sale');
    return {
      file: floorFile,
      sale: pick({ ...sale, state: 'open' }, columns.openSale),
      scans: lines.map((line, index) => ({
        line: pick(line, columns.openItem),
        command: commands[index] ?? {},
        reply: replies[index] ?? {},
      })),
    };
  }

  return {
    run: async (): Promise<{ readonly product: number[]; readonly floor: number[] }> => {
      const saleId = randomUUID();
      const codes = Array.from({ length: items }, () => barcodes.next().value);
      const product = await ring(core, saleId, codes);
      lastReply = product.at(-1)?.answer ?? {};
      const round = readRound(
        saleId,
        product.map(({ answer }) => answer),
      );
      await ask(core, 'sale.abandon', { commandId: randomUUID(), saleId, reason: 'fim da medida' });
      await floor.ask(0, { round });
      const echoed = await ring(floor, saleId, codes);
      return { product: product.map(({ ms }) => ms), floor: echoed.map(({ ms }) => ms) };
    },
    lastReplyBytes: () => JSON.stringify(lastReply).length,
    stop: async () => {
      written.close();
      await core.stop();
      await floor.stop();
    },
  };
}
