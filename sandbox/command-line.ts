import { parseArgs } from 'node:util';
import { NO_FAULTS, readFaultMix, type FaultMix } from './faults/fault-mix.ts';
import type { CursorOption } from './http/read-reply.ts';

export type SandboxOptions = {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly products: number;
  readonly seed: number;
  readonly user: string;
  readonly password: string;
  readonly cursor: CursorOption;
  readonly maxBatch: number;
  readonly sessionMinutes: number;
  readonly late3Revives: boolean;
  readonly exitWithParent: boolean;
  readonly faults: FaultMix;
};

/** Reads the command line; throws with a sentence for a person when it cannot be understood. */
export function parseCommandLine(args: readonly string[]): SandboxOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '6017' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: '.cache/sandbox' },
      products: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      user: { type: 'string', default: 'e01' },
      password: { type: 'string' },
      cursor: { type: 'string', default: 'exclusive' },
      'max-batch': { type: 'string', default: '50' },
      'session-minutes': { type: 'string', default: '30' },
      'late3-revives': { type: 'boolean', default: false },
      'exit-with-parent': { type: 'boolean', default: false },
      faults: { type: 'string' },
      // The ready line is JSON with and without it; kept so that all commands of the project take it.
      json: { type: 'boolean', default: false },
    },
  });
  if (values.cursor !== 'exclusive' && values.cursor !== 'inclusive')
    throw new Error('--cursor is exclusive or inclusive');
  return {
    port: count('port', values.port, 0, 65_535),
    host: values.host,
    data: values.data,
    products: count('products', values.products, 0, 200_000),
    seed: count('seed', values.seed, 0, 0xffffffff),
    user: values.user.toLowerCase(),
    password: values.password ?? `demo-${values.user.toLowerCase()}`,
    cursor: values.cursor,
    maxBatch: count('max-batch', values['max-batch'], 1, 10_000),
    sessionMinutes: count('session-minutes', values['session-minutes'], 1, 100_000),
    late3Revives: values['late3-revives'],
    exitWithParent: values['exit-with-parent'],
    faults: values.faults === undefined ? NO_FAULTS : readFaultMix(JSON.parse(values.faults)),
  };
}

function count(name: string, text: string, from: number, to: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < from || value > to)
    throw new Error(`--${name} is a whole number from ${from} to ${to}, not ${text}`);
  return value;
}
