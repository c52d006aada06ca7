/** What the name of a backup tells before it is opened. */
export type BackupName = {
  /** As the ERP calls the station; null when it was not enrolled yet. */
  readonly stationCode: string | null;
  /** First characters of the hash of the installation's id: several stations may share one folder. */
  readonly installation: string;
  readonly madeAtMs: number;
  /** First characters of the SHA-256 of the file's bytes. */
  readonly hash: string;
};

const NAME =
  /^(?<station>[0-9A-Z]{3}|station)-(?<installation>[0-9a-f]{8})-(?<time>\d{8}T\d{6})Z-(?<hash>[0-9a-f]{16})\.db$/;

/** Characters of a hash that a name carries: of the installation, of the content. */
export const NAME_HASH = { installation: 8, content: 16 } as const;

/**
 * The name of a finished backup, e.g. `E01-1a2b3c4d-20261122T013234Z-0011223344556677.db`.
 *
 * A file gets it only after it was verified, and it carries the hash of the content: a copy that is cut short or
 * changed later does not match its own name.
 */
export function formatBackupName({ stationCode, installation, madeAtMs, hash }: BackupName): string {
  const time = new Date(madeAtMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return `${stationCode ?? 'station'}-${installation}-${time}Z-${hash}.db`;
}

/** What `name` says, or null when it is not the name of a finished backup. */
export function parseBackupName(name: string): BackupName | null {
  const parts = NAME.exec(name)?.groups;
  if (parts === undefined) return null;
  const { station = '', installation = '', time = '', hash = '' } = parts;
  const iso = time.replace(/^(....)(..)(..)T(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z');
  const madeAtMs = Date.parse(iso);
  if (Number.isNaN(madeAtMs)) return null;
  return { stationCode: station === 'station' ? null : station, installation, madeAtMs, hash };
}
