import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { defaultDataFolder } from '../contract/default-data-folder.ts';
import type { Language } from '../contract/format.ts';

/** What the command line and the environment decide about a start. */
export type LaunchOptions = {
  readonly data: string;
  readonly language: Language;
  readonly isDev: boolean;
  /** The app started itself anew, because its window could not come back. */
  readonly isRestarted: boolean;
};

/** The argument by which the app tells the next one of itself. */
export const RESTARTED = '--restarted';

/**
 * Reads `--data DIR`, `--language en` and `--dev`; other arguments belong to Chromium and are left to it.
 *
 * Data: the argument, else `STATION_DATA`, else the folder the system gives to applications for the person's data.
 */
export function readLaunchOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): LaunchOptions {
  const data = valueOf(argv, '--data') ?? defaultDataFolder({ env, platform: process.platform, homedir, join });
  const language = valueOf(argv, '--language') ?? env['STATION_LANGUAGE'];
  return {
    data: resolve(data),
    language: language === 'en' ? 'en' : 'pt-BR',
    isDev: argv.includes('--dev'),
    isRestarted: argv.includes(RESTARTED),
  };
}

function valueOf(argv: readonly string[], name: string): string | undefined {
  const joined = argv.find((argument) => argument.startsWith(`${name}=`));
  if (joined !== undefined) return nonEmpty(joined.slice(name.length + 1));
  const at = argv.indexOf(name);
  return at === -1 ? undefined : nonEmpty(argv[at + 1]);
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}
