import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Language } from '../contract/format.ts';

/** What the command line and the environment decide about a start. */
export type LaunchOptions = { readonly data: string; readonly language: Language; readonly isDev: boolean };

/**
 * Reads `--data DIR`, `--language en` and `--dev`; other arguments belong to Chromium and are left to it.
 *
 * Data: the argument, else `STATION_DATA`, else the folder the system gives to applications for the person's data.
 */
export function readLaunchOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): LaunchOptions {
  const data = valueOf(argv, '--data') ?? nonEmpty(env['STATION_DATA']) ?? defaultDataFolder(env);
  const language = valueOf(argv, '--language') ?? env['STATION_LANGUAGE'];
  return { data: resolve(data), language: language === 'en' ? 'en' : 'pt-BR', isDev: argv.includes('--dev') };
}

function defaultDataFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === 'win32') {
    return join(nonEmpty(env['LOCALAPPDATA']) ?? join(homedir(), 'AppData', 'Local'), 'station');
  }
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'station');
  return join(nonEmpty(env['XDG_DATA_HOME']) ?? join(homedir(), '.local', 'share'), 'station');
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
