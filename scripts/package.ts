import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildApp } from './build.ts';
import { projectFolder, resolveElectron, type ResolvedElectron } from './resolve-electron.ts';
import { runCommand } from './run-command.ts';

/*
 * npm run package [-- --installers]
 *
 *   dist/release   what ships, with its fuses read back from the program
 *   dist/e2e       the same but for one fuse: Playwright may attach to it
 *
 * --installers makes AppImage and deb (nsis on Windows) too; electron-builder fetches tools of its own for them.
 */

const PACK_TIMEOUT_MS = 5 * 60_000;
const UNPACKED = { linux: 'linux-unpacked', win32: 'win-unpacked', darwin: 'mac' }[process.platform as string] ?? '';

/** The fuses of a release, as electron-builder.yml sets them: proved here, because a typing error there is silent. */
const RELEASE_FUSES: ReadonlyMap<FuseV1Options, boolean> = new Map([
  [FuseV1Options.RunAsNode, false],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
  [FuseV1Options.EnableNodeCliInspectArguments, false],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
  [FuseV1Options.OnlyLoadAppFromAsar, true],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, false],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
]);

const log = (line: string): void => console.log(line);
const electron = await resolveElectron(log);
await buildApp(log);
const electronDist = await copyElectron(electron);
try {
  await pack('release', RELEASE_FUSES, process.argv.includes('--installers') ? [] : ['--dir']);
  await pack('e2e', new Map([...RELEASE_FUSES, [FuseV1Options.EnableNodeCliInspectArguments, true]]), [
    '--dir',
    '-c.electronFuses.enableNodeCliInspectArguments=true',
  ]);
} finally {
  await rm(electronDist, { recursive: true, force: true });
}

async function pack(name: string, fuses: ReadonlyMap<FuseV1Options, boolean>, args: readonly string[]): Promise<void> {
  const output = join('dist', name);
  await rm(join(projectFolder, output), { recursive: true, force: true });
  const startedAt = performance.now();
  const program = join(projectFolder, 'node_modules', '.bin', 'electron-builder');
  const result = await runCommand(
    program,
    [
      ...args,
      `-c.directories.output=${output}`,
      `-c.electronDist=${electronDist}`,
      `-c.electronVersion=${electron.version}`,
    ],
    // With hard links the fuses would be set in the Electron that everything else runs on.
    { cwd: projectFolder, timeoutMs: PACK_TIMEOUT_MS, env: { ...process.env, USE_HARD_LINKS: 'false' } },
  );
  if (result.code !== 0)
    throw new Error(`electron-builder failed (code ${result.code}):\n${result.stdout}\n${result.stderr}`);
  const folder = join(projectFolder, output, UNPACKED);
  await checkFuses(join(folder, process.platform === 'win32' ? 'station.exe' : 'station'), fuses);
  log(`package: ${join(output, UNPACKED)} in ${Math.round((performance.now() - startedAt) / 1000)} s, fuses as wanted`);
}

async function checkFuses(executable: string, fuses: ReadonlyMap<FuseV1Options, boolean>): Promise<void> {
  const wire = await getCurrentFuseWire(executable);
  for (const [fuse, isOn] of fuses) {
    const found = wire[fuse];
    // An older Electron lacks the newest fuses.
    if (found === undefined || found === FuseState.REMOVED) continue;
    if ((found === FuseState.ENABLE) !== isOn) {
      throw new Error(`The fuse ${FuseV1Options[fuse]} of ${executable} is ${isOn ? 'off' : 'on'}; it must not be.`);
    }
  }
}

/** The Electron without the link to this checkout that the fallback runs by: it must not be packed. */
async function copyElectron({ folder }: ResolvedElectron): Promise<string> {
  const copy = join(projectFolder, '.cache', `electron-to-pack-${process.pid}`);
  await mkdir(copy, { recursive: true });
  const link = join(folder, 'resources', 'app');
  await cp(folder, copy, { recursive: true, filter: (source) => source !== link });
  return copy;
}
