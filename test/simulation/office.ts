import type { SeededRandom } from '../../scripts/demo/seeded-random.ts';
import type { Row } from './erp-state.ts';
import { cents, text, type ModelErp } from './model-erp.ts';
import type { World } from './world.ts';

/** The people behind the ERP, who change the catalogue while the tills sell from it. */
export type Office = {
  /** Works for so long. */
  readonly open: (lengthMs: number) => void;
  readonly wasPrice: (sku: string, cents: number) => boolean;
};

export function createOffice(world: World, erp: ModelErp, random: SeededRandom, isLate: boolean): Office {
  const prices = new Set<string>();
  const note = (row: Row): void => void prices.add(`${text(row['sku'])} ${cents(row['preco1'])}`);
  const noteAll = (): void => {
    for (const row of erp.state().prices) note(row);
  };
  noteAll();

  function change(register: 'products' | 'prices' | 'stock', fields: () => Row): void {
    const state = erp.state();
    const rows = state[register];
    // One change in five is of many records, which share one id.
    const count = random.chance(0.2) ? rows.length : random.int(1, 3);
    const trans_id = (state.transId += 1);
    const write = (row: Row, more: Row): void => {
      state.past[register].push({ ...row });
      Object.assign(row, { late: false }, fields(), { trans_id }, more);
    };
    for (let index = 0; index < count; index += 1) {
      const row = count === rows.length ? rows[index] : random.pick(rows);
      // A row that was picked twice changed once.
      if (row === undefined || row['trans_id'] === trans_id) continue;
      if (count < rows.length && isLate && random.chance(0.4)) {
        // Its id is given now, and it shows when others with higher ids were read already.
        const wait = random.int(5_000, 50_000);
        world.at(wait, () => {
          if (erp.state() !== state || Number(row['trans_id']) >= trans_id) return;
          write(row, { late: true });
          noteAll();
        });
      } else write(row, {});
    }
  }

  function work(): void {
    const place = random.unit();
    if (place < 0.5) {
      change('prices', () => {
        const preco = random.int(500, 30_000) / 100;
        return { preco1: preco, preco2: preco, bloqueado_preco: random.chance(0.03) };
      });
      noteAll();
      world.trace('office changes prices');
    } else if (place < 0.8) change('stock', () => ({ saldo: random.int(0, 30) }));
    else change('products', () => ({ descricao1: `PECA ${random.int(1, 9_999)}` }));
  }

  return {
    wasPrice: (sku, price) => prices.has(`${sku} ${price}`),
    open: (lengthMs) => {
      for (let atMs = random.int(0, 20_000); atMs < lengthMs; atMs += random.int(3_000, 40_000)) world.at(atMs, work);
    },
  };
}
