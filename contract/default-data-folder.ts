/** What the rule asks the system for; the contract itself imports nothing of Node. */
type System = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly homedir: () => string;
  readonly join: (...parts: string[]) => string;
};

/**
 * The data folder when no argument names one: `STATION_DATA`, else the folder the system gives to applications for
 * a person's data. The window and the command line meet there.
 */
export function defaultDataFolder({ env, platform, homedir, join }: System): string {
  const given = nonEmpty(env['STATION_DATA']);
  if (given !== undefined) return given;
  if (platform === 'win32')
    return join(nonEmpty(env['LOCALAPPDATA']) ?? join(homedir(), 'AppData', 'Local'), 'station');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'station');
  return join(nonEmpty(env['XDG_DATA_HOME']) ?? join(homedir(), '.local', 'share'), 'station');
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}
