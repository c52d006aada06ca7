import { parseArgs } from 'node:util';
import {
  changeDialect,
  dialectCommandOptions,
  dialectOfCommandLine,
  PLAIN_DIALECT,
  type Dialect,
} from './dialects/dialect.ts';
import { applyPresets } from './dialects/presets.ts';
import { NO_FAULTS, readFaultMix, type FaultMix } from './faults/fault-mix.ts';

export type SandboxOptions = {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly products: number;
  readonly seed: number;
  readonly stations: number;
  readonly user: string;
  readonly password: string;
  readonly maxBatch: number;
  readonly sessionMinutes: number;
  readonly clockOffsetMs: number;
  readonly exitWithParent: boolean;
  readonly listPresets: boolean;
  readonly dialect: Dialect;
  readonly faults: FaultMix;
};

const OPTIONS = {
  port: { type: 'string', default: '6017' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string', default: '.cache/sandbox' },
  products: { type: 'string', default: '10000' },
  seed: { type: 'string', default: '1' },
  stations: { type: 'string', default: '5' },
  user: { type: 'string', default: 'e01' },
  password: { type: 'string', default: '' },
  'max-batch': { type: 'string', default: '50' },
  'session-minutes': { type: 'string', default: '30' },
  'clock-offset': { type: 'string', default: '0' },
  preset: { type: 'string', default: 'plain' },
  faults: { type: 'string', default: '' },
} as const;
const SWITCHES = {
  'exit-with-parent': { type: 'boolean', default: false },
  'list-presets': { type: 'boolean', default: false },
  // The ready line is JSON with and without it; kept so that all commands of the project take it.
  json: { type: 'boolean', default: false },
} as const;

/** Reads the command line; throws with a sentence for a person when it cannot be understood. */
export function parseCommandLine(args: readonly string[]): SandboxOptions {
  const options = { ...OPTIONS, ...SWITCHES, ...dialectCommandOptions() };
  const { values } = parseArgs({ args: [...args], options });
  const text = (name: keyof typeof OPTIONS): string => values[name];
  const isOn = (name: keyof typeof SWITCHES): boolean => values[name];
  const user = text('user').toLowerCase();
  return {
    port: count('port', text('port'), 0, 65_535),
    host: text('host'),
    data: text('data'),
    products: count('products', text('products'), 0, 200_000),
    seed: count('seed', text('seed'), 0, 0xffffffff),
    stations: count('stations', text('stations'), 5, 99),
    user,
    password: text('password') === '' ? `demo-${user}` : text('password'),
    maxBatch: count('max-batch', text('max-batch'), 1, 10_000),
    sessionMinutes: count('session-minutes', text('session-minutes'), 1, 100_000),
    clockOffsetMs: count('clock-offset', text('clock-offset'), -1e12, 1e12),
    exitWithParent: isOn('exit-with-parent'),
    listPresets: isOn('list-presets'),
    // What is said on its own wins over a preset.
    dialect: changeDialect(applyPresets(PLAIN_DIALECT, text('preset')), dialectOfCommandLine(values)),
    faults: text('faults') === '' ? NO_FAULTS : readFaultMix(JSON.parse(text('faults'))),
  };
}

/** Whether its user came with the stations, and has the password it was made with or was given since. */
export function isStationUser({ user, stations }: SandboxOptions): boolean {
  const [, digits] = /^e(\d\d)$/.exec(user) ?? [];
  return digits !== undefined && Number(digits) >= 1 && Number(digits) <= stations;
}

function count(name: string, text: string, from: number, to: number): number {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || value < from || value > to)
    throw new Error(`--${name} is a whole number from ${from} to ${to}, not ${text}`);
  return value;
}
