import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startErp, type ErpProcess } from '../../scripts/demo/erp-process.ts';
import { ERP_SCHEMA } from '../../sandbox/store/erp-schema.ts';
import { benchFolder } from '../store/prepare-store.ts';
import { countProducts } from '../store/generated-catalogue.ts';

/** The stand-in ERP with what a back office does there. */
export type BenchErp = ErpProcess & { readonly admin: (path: string, body: object) => Promise<void> };

const SEED = 1;

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
  const place = folder ?? join(benchFolder, `erp-${skus}-${ERP_SCHEMA}`);
  if (!existsSync(place)) note(`making an ERP with ${skus} SKUs`);
  mkdirSync(place, { recursive: true });
  const erp = await startErp({ folder: place, products: countProducts(skus), seed: SEED });
  return {
    ...erp,
    admin: async (path, body) => {
      const reply = await fetch(`${erp.url}/admin/${path}`, { method: 'POST', body: JSON.stringify(body) });
      if (!reply.ok) throw new Error(`admin/${path}: ${reply.status} ${await reply.text()}`);
    },
  };
}
