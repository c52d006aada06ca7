import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of a station and the port it reaches its server by. */
export type KeptStation = { readonly data: string; readonly port: number };

/**
 * Stations of earlier runs. A server binds a station to the installation that took it first, so that a second run against
 * the same server can only go on as that installation; its folder is found by the id that the server names.
 */
export type KeptStations = {
  readonly newFolder: () => string;
  readonly keep: (installation: string, station: KeptStation) => void;
  readonly isKept: (folder: string) => boolean;
  /** The station that the server knows under this id, or null when no run here was it. */
  readonly find: (installation: string) => KeptStation | null;
};

/** Keeps them in the machine's folder for what is temporary. */
export function openKeptStations(root: string = join(tmpdir(), 'station-conformance')): KeptStations {
  const fileOf = (installation: string): string => join(root, `${installation.replaceAll(/[^0-9A-Za-z-]/g, '')}.json`);
  const own = new Set<string>();
  return {
    newFolder: () => {
      mkdirSync(root, { recursive: true, mode: 0o700 });
      return mkdtempSync(join(root, 'run-'));
    },
    keep: (installation, station) => {
      writeFileSync(fileOf(installation), JSON.stringify(station));
      own.add(station.data);
    },
    isKept: (folder) => own.has(folder),
    find: (installation) => {
      try {
        return JSON.parse(readFileSync(fileOf(installation), 'utf8')) as KeptStation;
      } catch (error) {
        if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT'))
          return null;
        throw error;
      }
    },
  };
}

/** Removes a folder that no later run needs. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
