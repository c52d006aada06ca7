import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The data folder when `--data` names none: `STATION_DATA`, else where the window keeps its own, so that both meet
 * (electron/launch-options.ts says the same; the core may not import it).
 */
export function defaultDataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
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
