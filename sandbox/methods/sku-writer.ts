import type Database from 'better-sqlite3';
import { ErpError } from '../http/erp-error.ts';
import { numberField, textField, type JsonObject } from '../http/json.ts';
import type { NextId } from '../store/next-id.ts';

type SkuRow = {
  produto: number;
  position: number;
  sku: string;
  cor: number;
  cod_cor: string;
  desc_cor: string;
  estampa: number;
  cod_est: string;
  desc_estampa: string;
  tamanho: string;
  barra: string;
  barra13: string;
  barra_ref: string;
  ativo: number;
};

export type SkuWriter = {
  /** Adds a SKU to a product, or changes it; true when something is other than before. Throws ErpError to refuse. */
  write(produto: number, reference: string, record: JsonObject): boolean;
};

/** Ids of colours and prints that a back office brings start beyond those of the generated catalogue. */
const FIRST_COLOUR_ID = 30_150_000;
const FIRST_PRINT_ID = 40_150_000;

export function createSkuWriter(db: Database.Database, nextId: NextId): SkuWriter {
  const ofProduct = db.prepare<[number], SkuRow>('SELECT * FROM skus WHERE produto = ? ORDER BY position');
  const colour = db.prepare<[string, string | null], Pick<SkuRow, 'cor' | 'cod_cor' | 'desc_cor'>>(
    'SELECT cor, cod_cor, desc_cor FROM skus WHERE cod_cor = ? OR desc_cor = ? LIMIT 1',
  );
  const print = db.prepare<[string, string | null], Pick<SkuRow, 'estampa' | 'cod_est' | 'desc_estampa'>>(
    'SELECT estampa, cod_est, desc_estampa FROM skus WHERE estampa > 0 AND (cod_est = ? OR desc_estampa = ?) LIMIT 1',
  );
  const ownerOfBarcode = db
    .prepare<[string, string, number], string>(
      `SELECT p.cod_produto FROM skus k JOIN products p USING (produto) WHERE (k.barra = ? OR k.barra13 = ?) AND k.produto <> ? LIMIT 1`,
    )
    .pluck();
  const save = db.prepare(
    `INSERT INTO skus VALUES (@produto, @position, @sku, @cor, @cod_cor, @desc_cor, @estampa, @cod_est, @desc_estampa, @tamanho, @barra,
     @barra13, @barra_ref, @ativo)
     ON CONFLICT (produto, position) DO UPDATE SET desc_cor = @desc_cor, desc_estampa = @desc_estampa, barra = @barra, barra13 = @barra13,
     barra_ref = @barra_ref, ativo = @ativo`,
  );

  function colourOf(record: JsonObject): Pick<SkuRow, 'cor' | 'cod_cor' | 'desc_cor'> {
    const code = textField(record, 'cod_cor') ?? '';
    const name = textField(record, 'desc_cor') ?? code;
    if (code === '' && name === '') return colourOf({ cod_cor: 'U', desc_cor: 'Única' });
    const known = colour.get(code, code === '' ? name : null);
    if (known !== undefined) return known;
    const cor = numberField(record, 'cor') ?? FIRST_COLOUR_ID + nextId('colour_ids');
    return { cor, cod_cor: code === '' ? String(cor - FIRST_COLOUR_ID) : code, desc_cor: name };
  }

  function printOf(record: JsonObject): Pick<SkuRow, 'estampa' | 'cod_est' | 'desc_estampa'> {
    const code = textField(record, 'cod_est') ?? '';
    const name = textField(record, 'desc_estampa') ?? code;
    if (code === '' && name === '') return { estampa: 0, cod_est: '', desc_estampa: '' };
    const known = print.get(code, code === '' ? name : null);
    if (known !== undefined) return known;
    const estampa = numberField(record, 'estampa') ?? FIRST_PRINT_ID + nextId('print_ids');
    return { estampa, cod_est: code === '' ? String(estampa - FIRST_PRINT_ID) : code, desc_estampa: name };
  }

  function newSku(produto: number, position: number, reference: string, record: JsonObject): SkuRow {
    const tamanho = textField(record, 'tamanho') ?? '';
    if (tamanho === '') throw new ErpError(400, 'Tamanho não informado');
    if (textField(record, 'sku') !== undefined)
      throw new ErpError(400, `SKU não cadastrado: ${textField(record, 'sku')}`);
    const grid = { ...colourOf(record), ...printOf(record) };
    const sku = `${produto}_${grid.cor}_${grid.estampa}_${tamanho}`;
    const barra_ref = `${reference}-${grid.cod_cor}-${tamanho}`;
    return { produto, position, sku, ...grid, tamanho, barra: '', barra13: '', barra_ref, ativo: 1 };
  }

  return {
    write(produto, reference, record) {
      const known = ofProduct.all(produto);
      const found = known.find((row) => isSame(row, record));
      const fresh = found ?? newSku(produto, known.length, reference, record);
      // Named by a colour's other name it may still be one that is there.
      const twin = known.find(({ sku }) => sku === fresh.sku);
      const before = twin ?? fresh;
      const after: SkuRow = {
        ...before,
        barra: textField(record, 'barra') ?? before.barra,
        barra13:
          textField(record, 'barra13') ?? (before.barra13 === '' ? (textField(record, 'barra') ?? '') : before.barra13),
        barra_ref: textField(record, 'barra_ref') ?? before.barra_ref,
        ativo: textField(record, 'ativo') === undefined ? before.ativo : Number(textField(record, 'ativo') === 'T'),
      };
      if (after.barra === '') throw new ErpError(400, `Código de barras não informado para o SKU ${after.sku}`);
      const owner = after.barra === twin?.barra ? undefined : ownerOfBarcode.get(after.barra, after.barra, produto);
      if (owner !== undefined) throw new ErpError(400, `Código de barras ${after.barra} já usado no produto ${owner}`);
      if (twin !== undefined && JSON.stringify(twin) === JSON.stringify(after)) return false;
      save.run(after);
      return true;
    },
  };
}

/** By its key; without one by its place in the grid. */
function isSame(row: SkuRow, record: JsonObject): boolean {
  const sku = textField(record, 'sku');
  if (sku !== undefined) return row.sku === sku;
  const size = textField(record, 'tamanho');
  if (size === undefined) return row.barra === textField(record, 'barra');
  const fits = (name: 'cod_cor' | 'desc_cor' | 'cod_est' | 'desc_estampa'): boolean =>
    (textField(record, name) ?? row[name]) === row[name];
  return row.tamanho === size && fits('cod_cor') && fits('desc_cor') && fits('cod_est') && fits('desc_estampa');
}
