import fc from 'fast-check';
import { readHeader, readLine } from '../../core/back-office/catalog-line-rules.ts';
import { planCatalog } from '../../core/back-office/catalog-plan-rules.ts';
import { readTable } from '../../core/back-office/read-table.ts';
import { openPending } from '../../core/backup/pending-file.ts';
import { createMethodNames, readMethodOverrides } from '../../core/connectors/millennium/method-names.ts';
import { buildBrCode, toMerchantCity, toMerchantName } from '../../core/pix/br-code-rules.ts';
import { parsePixKey } from '../../core/pix/pix-key-rules.ts';
import { findTrouble, isPaperEnd, isQueuedStatus, isRealTimeStatus } from '../../core/printing/status-rules.ts';
import { decodeKeyMap } from '../../core/setup/key-map-rules.ts';
import { decodePolicies } from '../../core/setup/policies-rules.ts';
import { runProgram } from '../../core/cli/program.ts';
import { readLaunchOptions } from '../../electron/launch-options.ts';
import { readScan } from '../../renderer/keyboard/read-scan.ts';
import { Readable } from 'node:stream';
import { Finding, type Target } from './target.ts';
import { damages, wreck, type Damage } from './wreck.ts';

/* What comes in beside the ERP and the contract: files, codes, bytes of a printer, words of a command line. */

type Decoder = {
  readonly name: string;
  readonly weight: number;
  readonly values: fc.Arbitrary<unknown>;
  /** Whether it was understood. */
  readonly decode: (value: unknown) => boolean | Promise<boolean>;
};

const dirtyText = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ maxLength: 80, unit: 'binary' }),
  fc.stringMatching(/^[0-9A-Z]{8,48}$/),
);
const spoilt = (value: unknown): fc.Arbitrary<unknown> =>
  fc.record({ damage: damages }).map(({ damage }: { readonly damage: readonly Damage[] }) => wreck(value, damage));

const CELLS = [
  'sku',
  'cod_produto',
  'descricao1',
  'preco1',
  'preco2',
  'saldo',
  'cod_filial',
  'barra',
  'barra13',
  'cod_cor',
  'cod_est',
  'tamanho',
  'ncm',
  'ativo',
  'coluna nova',
  '',
];
const cell = fc.oneof(
  dirtyText,
  fc.constantFrom('1.234,56', '-1', '0,001', 'S', 'N', '"', '";"', '=1+1', '1e9', '329,90', '100001'),
);
const table = fc
  .record({
    header: fc.array(fc.constantFrom(...CELLS), { minLength: 1, maxLength: 8 }),
    rows: fc.array(fc.array(cell, { maxLength: 9 }), { maxLength: 6 }),
    separator: fc.constantFrom(';', ',', '\t'),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    mark: fc.constantFrom('', '\uFEFF', 'sep=;\r\n', 'sep=""\n'),
    isLatin: fc.boolean(),
  })
  .map(({ header, rows, separator, end, mark, isLatin }) =>
    Buffer.from(mark + [header, ...rows].map((row) => row.join(separator)).join(end), isLatin ? 'latin1' : 'utf8'),
  );

const KEYS = { venda: 'F2', pagamento: 'F4', busca: 'Ctrl+K', gaveta: 'Ctrl+Delete' };
const POLICIES = {
  desconto_caixa: 5,
  desconto_gerente: '15,0',
  minutos_cancelamento: 30,
  pix_chave: 'loja@exemplo.com.br',
  teclas: KEYS,
};
const OVERRIDES = { libraries: { 'millenium!storemanager': 'millenium!outra' }, methods: { heartbeat: 'x/y/z' } };
const SEALED = {
  format: 'station-pending',
  version: 1,
  kdf: 'scrypt-131072-8-1',
  cipher: 'aes-256-gcm',
  salt: 'AAAAAAAAAAAAAAAAAAAAAA==',
  iv: 'AAAAAAAAAAAAAAAA',
  tag: 'AAAAAAAAAAAAAAAAAAAAAA==',
  data: 'AAAA',
};
const FACTS = { stationCode: 'E01', badgePrefix: 'V', couponPrefix: 'CUP' };
const COMMANDS = [
  'status',
  'errors',
  'sales',
  'doctor',
  'backup',
  'enrol',
  'stations',
  'reconcile',
  'pix',
  'printer',
  'catalog',
  'invoices',
  'help',
  'no-such',
];
const OPTIONS = [
  '--json',
  '--help',
  '--day',
  '--second',
  '--server',
  '--user',
  '--top',
  '-1',
  '2026-02-30',
  '--since',
  '--',
  '-',
  '--=',
  '--json=1',
  'x',
];
const NOWHERE = '/nowhere/of/a/fuzzer';

const decoders: readonly Decoder[] = [
  {
    name: 'catalogue file',
    weight: 200,
    values: fc.oneof({ weight: 4, arbitrary: table }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) }),
    decode: (value) => {
      const read = readTable(value as Uint8Array);
      if ('text' in read) return false;
      const { columns, issues } = readHeader(read.header, ['coluna nova']);
      const lines = read.rows.map((row) => readLine(columns, row));
      const plan = planCatalog(
        lines.filter((line) => line.issues.length === 0).map((line) => line.values),
        { hasProducts: columns.includes('descricao1'), branchCode: '00010' },
      );
      return issues.length === 0 && plan.issues.length === 0;
    },
  },
  {
    name: 'scanned code',
    weight: 200,
    values: dirtyText,
    decode: (value) => readScan(String(value), FACTS).kind !== 'product',
  },
  {
    name: 'keys of a group',
    weight: 100,
    values: fc.oneof(spoilt(KEYS), fc.jsonValue()),
    decode: (value) => decodeKeyMap(value).wrongFields.length === 0,
  },
  {
    name: 'policies of a group',
    weight: 100,
    values: fc.oneof(spoilt(POLICIES), fc.jsonValue()),
    decode: (value) => decodePolicies(asObject(value), '00010').wrongFields.length === 0,
  },
  {
    name: 'names of methods',
    weight: 100,
    values: fc.oneof(spoilt(OVERRIDES), fc.jsonValue()),
    decode: (value) => {
      const read = readMethodOverrides(value);
      if (read.ok && typeof createMethodNames(read.overrides)('millenium!storemanager/x/y') !== 'string')
        throw new Finding('wrong', 'a method without a name');
      return read.ok;
    },
  },
  { name: 'Pix key', weight: 100, values: dirtyText, decode: (value) => parsePixKey(String(value)) !== null },
  {
    name: 'Pix text',
    weight: 100,
    values: fc.record({
      key: fc.stringMatching(/^[a-z0-9@.-]{1,77}$/),
      name: dirtyText,
      city: dirtyText,
      description: dirtyText,
      amountCents: fc.integer({ min: 1, max: 1_000_000_000 }),
    }),
    decode: (value) => {
      const { key, name, city, description, amountCents } = value as {
        readonly key: string;
        readonly name: string;
        readonly city: string;
        readonly description: string;
        readonly amountCents: number;
      };
      const code = buildBrCode({
        key,
        merchantName: toMerchantName(name) || 'LOJA',
        merchantCity: toMerchantCity(city) || 'SAO PAULO',
        amountCents,
        txid: 'E0120261122ABC',
        description,
      });
      readFields(code);
      return true;
    },
  },
  {
    name: 'bytes of a printer',
    weight: 100,
    values: fc.uint8Array({ maxLength: 8 }),
    decode: (value) => {
      const bytes = [...(value as Uint8Array)];
      const known = bytes.filter((byte) => isRealTimeStatus(byte) || (isQueuedStatus(byte) && !isPaperEnd(byte)));
      return findTrouble(bytes) === null && known.length > 0;
    },
  },
  {
    name: 'words of the window',
    weight: 50,
    values: fc.array(dirtyText, { maxLength: 4 }),
    decode: (value) => readLaunchOptions(value as string[], {}).data !== '',
  },
  // 128 MB of memory for each that has the right form: now and then.
  {
    name: 'file of documents',
    weight: 1,
    values: fc.oneof(spoilt(SEALED), dirtyText),
    decode: (value) => openPending(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), 'senha', 'f').ok,
  },
  {
    name: 'command line',
    weight: 20,
    values: fc.array(fc.oneof(fc.constantFrom(...COMMANDS), fc.constantFrom(...OPTIONS), dirtyText), {
      minLength: 1,
      maxLength: 4,
    }),
    decode: async (value) => {
      // With help asked for no command runs: none may start a core here. Twice, as an option may take one as its value.
      const words = (value as string[]).filter((word) => word !== '--');
      const code = await runProgram([...words, '--help', '--help'], {
        defaultData: NOWHERE,
        stdin: Readable.from(['']),
        writeOut: () => undefined,
        writeErr: () => undefined,
      });
      if (!Number.isInteger(code)) throw new Finding('wrong', `exit code ${String(code)}`);
      return code === 0;
    },
  },
];

export function createDecoderTarget(): Target {
  return {
    name: 'decoder',
    share: 5,
    values: fc.oneof(
      ...decoders.map(({ name, weight, values }) => ({
        weight,
        arbitrary: fc.record({ name: fc.constant(name), value: values }),
      })),
    ),
    run: async (given) => {
      const { name, value } = given as { readonly name: string; readonly value: unknown };
      const decoder = decoders.find((one) => one.name === name);
      if (decoder === undefined) throw new Error(`no decoder ${name}`);
      return (await decoder.decode(value)) ? 'ok' : 'refused';
    },
  };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** A QR of fields: two digits of name, two of length, and so many characters; to the last one. */
function readFields(code: string): void {
  for (let at = 0; at < code.length;) {
    const length = Number(code.slice(at + 2, at + 4));
    if (!Number.isInteger(length) || at + 4 + length > code.length) throw new Finding('wrong', `no fields: ${code}`);
    at += 4 + length;
  }
}
