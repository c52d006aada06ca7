import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp, programs } from '../../scripts/build.ts';
import { startErp, type ErpProcess } from '../../scripts/demo/erp-process.ts';
import { ERP_SCHEMA } from '../../sandbox/store/erp-schema.ts';
import { benchFolder } from '../store/prepare-store.ts';
import { countProducts } from '../store/generated-catalogue.ts';

/** The stand-in ERP with what a back office does there. */
export type BenchErp = ErpProcess & {
  readonly admin: (path: string, body: object) => Promise<void>;
  /** Gives all these SKUs one price, by the contract's own call of a back office. */
  readonly setPrices: (skus: readonly string[], preco1: number) => Promise<void>;
};

const SEED = 1;
/** Records in one write of a back office, and its login: one that no station of a benchmark uses. */
const OFFICE_BATCH = 50;
const OFFICE = { authorization: `Basic ${Buffer.from('e05:demo-e05').toString('base64')}` };

/** A copy of the kept ERP, for what changes it for good: its orders and claims go with `folder`. */
export async function startCopiedErp(options: {
  readonly skus: number;
  readonly folder: string;
  readonly note: (line: string) => void;
}): Promise<BenchErp> {
  const kept = placeOf(options.skus);
  if (!existsSync(kept)) await (await startKeptErp({ skus: options.skus, note: options.note })).end();
  cpSync(kept, options.folder, { recursive: true });
  return startKeptErp(options);
}

/** The stand-in ERP with at least `skus` SKUs, in a file that is made once. */
export async function startKeptErp({
  skus,
  folder,
  note,
}: {
  readonly skus: number;
  /** Where its file is or will be; the kept one of this size when absent. */
  readonly folder?: string;
  readonly note: (line: string) => void;
}): Promise<BenchErp> {
  await buildApp(note, programs);
  const place = folder ?? placeOf(skus);
  if (!existsSync(place)) note(`making an ERP with ${skus} SKUs`);
  mkdirSync(place, { recursive: true });
  const erp = await startErp({ folder: place, products: countProducts(skus), seed: SEED });

  async function post(path: string, body: object): Promise<void> {
    const reply = await fetch(`${erp.url}/${path}`, { method: 'POST', headers: OFFICE, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  }

  return {
    ...erp,
    admin: (path, body) => post(`admin/${path}`, body),
    setPrices: async (skus, preco1) => {
      for (let first = 0; first < skus.length; first += OFFICE_BATCH) {
        const precos = skus.slice(first, first + OFFICE_BATCH).map((sku) => ({ sku, preco1, preco2: preco1 }));
        await post('api/millenium_eco/produtos/atualizaprecodetabela', { vitrine: 2, tabela: 1, precos });
      }
    },
  };
}

function placeOf(skus: number): string {
  return join(benchFolder, `erp-${skus}-${ERP_SCHEMA}`);
}
