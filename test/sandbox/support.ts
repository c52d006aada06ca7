import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SANDBOX } from '../support/programs.ts';

export type Row = { readonly [name: string]: unknown };

export type Answer = {
  readonly status: number;
  readonly type: string;
  readonly body: Row;
  readonly text: string;
};

/** A running sandbox and what a test does to it; `call` uses the credentials of station E01 unless told otherwise. */
export type Sandbox = {
  readonly url: string;
  readonly ready: Row;
  readonly child: ChildProcess;
  get(path: string, options?: CallOptions): Promise<Answer>;
  post(path: string, body: unknown, options?: CallOptions): Promise<Answer>;
  /** Ends the process by a signal and gives its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

export type CallOptions = {
  readonly user?: string;
  readonly password?: string;
  readonly headers?: Record<string, string>;
  readonly timeoutMs?: number;
  /** Leaves the text as it is: for replies that are no JSON though they say so. */
  readonly isRaw?: boolean;
};

/** Starts the real process on a free port and waits for its ready line; it ends with the test run that lost it. */
export async function startSandbox(data: string, args: readonly string[] = []): Promise<Sandbox> {
  const child = spawn(
    process.execPath,
    [SANDBOX, '--port', '0', '--data', data, '--products', '40', '--exit-with-parent', ...args],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => ['{}']),
  ])) as [string];
  const ready = JSON.parse(line) as Row;
  if (ready['ready'] !== true) throw new Error('the sandbox did not start');
  const url = String(ready['url']);

  async function send(path: string, method: string, body: unknown, options: CallOptions): Promise<Answer> {
    const user = options.user ?? 'e01';
    const basic = Buffer.from(`${user}:${options.password ?? `demo-${user}`}`).toString('base64');
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json', ...options.headers },
      signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const isParsed = type.includes('json') && text !== '' && options.isRaw !== true;
    return { status: response.status, type, body: isParsed ? (JSON.parse(text) as Row) : {}, text };
  }

  return {
    url,
    ready,
    child,
    get: (path, options = {}) => send(path, 'GET', undefined, options),
    post: (path, body, options = {}) => send(path, 'POST', body, options),
    async end(signal) {
      const exited = once(child, 'exit');
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

/** A folder of the test's own; `remove` it when done. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'sandbox-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The SKU of the first fixed product in Preto/PP: 89.90, ten pieces in branch 8. */
export const SHIRT = { sku: '30200001_30110000_0_PP', barra: '7899000001017', price: 89.9 };

/** A sale of one shirt paid in cash; a test changes what it is about. */
export function sale(code: string, changes: Row = {}): Row {
  return {
    vitrine: 2,
    cod_pedidov: code,
    n_pedido_cliente: `uuid-${code}`,
    cod_filial: '00010',
    cod_evento: '10',
    cod_vendedor: '000024',
    cliente: 302,
    origem_pedido: 'PDV',
    data_emissao: '2026-09-13',
    data_entrega: '2026-09-13',
    aprovado: true,
    quantidade: 1,
    total: 89.9,
    v_acerto: 0,
    cod_condicoes_pgto: '1',
    produtos: [item()],
    lancamentos: [payment()],
    ...changes,
  };
}

export function item(changes: Row = {}): Row {
  return {
    item: '001',
    sku: SHIRT.sku,
    barra: SHIRT.barra,
    quantidade: 1,
    preco: SHIRT.price,
    desconto: 0,
    vendedor_item: 24,
    descontos: [],
    ...changes,
  };
}

export function payment(changes: Row = {}): Row {
  return {
    tipo_pgto: 1,
    numparc: 1,
    parcela: 1,
    valor_inicial: 89.9,
    data_vencimento: '2026-09-13',
    tef: false,
    ...changes,
  };
}

export const INCLUDE = '/api/millenium_eco/pedido_venda/inclui';
export const STATUS = '/api/millenium_eco/pedido_venda/processastatus';

/** The body of a batch that moves orders to a status. */
export function statusBatch(status: number, codes: readonly string[]): Row {
  return {
    vitrine: 2,
    somente_inclui_pedido: false,
    status_pedidos: codes.map((cod_pedidov) => ({ cod_pedidov, status })),
  };
}

/** The text of the ERP's one error shape; fails the test when the reply has another. */
export function errorText({ status, body }: Answer): string {
  const error = body['error'] as { code: number; message: { lang: string; value: string } } | undefined;
  if (error === undefined || error.code !== status || error.message.lang !== 'pt-br')
    throw new Error(`not an error reply: ${JSON.stringify(body)}`);
  return error.message.value;
}

export function rows(answer: Answer): readonly Row[] {
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  const value = answer.body['value'] as Row[];
  if (answer.body['odata.count'] !== value.length) throw new Error('odata.count differs from the rows');
  return value;
}

/** What /admin/received says of one order. */
export async function receivedOrder(sandbox: Sandbox, code: string): Promise<Row | undefined> {
  const { body } = await sandbox.get('/admin/received');
  return (body['orders'] as Row[]).find((order) => order['cod_pedidov'] === code);
}
