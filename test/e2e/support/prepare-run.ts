import { buildApp } from '../../../scripts/build.ts';
import { ensureOsLibraries, ensureProgram, hasDisplay } from '../../../scripts/os-libraries.ts';
import { resolveElectron } from '../../../scripts/resolve-electron.ts';
import { startVirtualDisplay } from '../../../scripts/virtual-display.ts';
import { ELECTRON_VARIABLE } from './launch-station.ts';

/** Before the first test: a real Electron, what it needs of the machine, a build of the sources as they are, a display. */
export default async function prepareRun(): Promise<() => void> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const [electron] = await Promise.all([resolveElectron(log), buildApp(log)]);
  await ensureOsLibraries(electron.executable, log);
  // A power cut takes every process of the app: their parents are read with ps.
  await ensureProgram('ps', 'procps', log);
  process.env[ELECTRON_VARIABLE] = JSON.stringify(electron);
  if (process.platform !== 'linux' || hasDisplay()) return () => undefined;
  const display = await startVirtualDisplay();
  process.env['DISPLAY'] = display.display;
  return display.stop;
}
