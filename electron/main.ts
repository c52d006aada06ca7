import { app, dialog, Menu, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CoreState } from '../contract/station-bridge.ts';
import { channels } from './bridge.ts';
import { readLaunchOptions, RESTARTED } from './launch-options.ts';
import { prepareProfileFolder } from './profile-folder.ts';
import { relayCalls } from './relay.ts';
import { savePdf } from './save-pdf.ts';
import { secureBeforeReady, secureSession } from './security.ts';
import { createStationProcess } from './station-process.ts';
import { describeDeadWindow } from './stop-words.ts';
import { watchBuild } from './watch-build.ts';
import { openStationWindow, showPage } from './window.ts';

const launch = readLaunchOptions(process.argv, process.env);
const isDev = launch.isDev && !app.isPackaged;
const rendererFolder = fileURLToPath(new URL('../renderer', import.meta.url));
// The core is a program of Node, which reads no archive: it lies beside the archive.
const coreEntry = fileURLToPath(new URL('../core/main.js', import.meta.url)).replace('app.asar', 'app.asar.unpacked');
const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';
const node = app.isPackaged
  ? join(process.resourcesPath, 'node', nodeName)
  : fileURLToPath(new URL(`../../node_modules/node/bin/${nodeName}`, import.meta.url));

/** A window that dies so soon after the app was started anew would die again. */
const SOON_MS = 60_000;

let window: BrowserWindow | undefined;
let hasStopped = false;

const station = createStationProcess({
  ...launch,
  node,
  entry: coreEntry,
  onState: (state) => {
    showCoreState(state);
    window?.webContents.send(channels.core, state);
  },
  onEvent: (event) => window?.webContents.send(channels.event, event),
});

app.setPath('userData', prepareProfileFolder(launch.data));
secureBeforeReady();
if (app.requestSingleInstanceLock()) run();
else app.quit();

function run(): void {
  Menu.setApplicationMenu(null);
  // The core starts while Chromium does: its data is open when the first page is painted.
  station.start();
  // Not awaited: Electron becomes ready only after this module has been loaded to its end.
  void openWhenReady();
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (hasStopped) return;
    event.preventDefault();
    void stopThenQuit();
  });
}

async function openWhenReady(): Promise<void> {
  await app.whenReady();
  // Chromium's own handlers, in place by now, quit at the first signal and crash at the second.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  secureSession(rendererFolder, isDev);
  const opened = openStationWindow({ language: launch.language, isDev, onHopeless: startAnew });
  window = opened;
  window.on('closed', () => (window = undefined));
  relayCalls({
    station,
    isOurWindow: (contents) => contents === window?.webContents,
    savePdf: (request) => savePdf(opened, request),
    quit: () => app.quit(),
  });
  showPage(window, station.state().state === 'stopped' ? 'stopped.html' : 'index.html');
  if (isDev) watchBuild({ folder: join(rendererFolder, '..'), window, station });
}

/** A new process shows pages again, and the core's data has all of the sale. Once: what does not help is not repeated. */
function startAnew(): void {
  if (launch.isRestarted && performance.now() < SOON_MS) {
    const { reason, nextStep, shortCode } = describeDeadWindow(launch.language);
    dialog.showErrorBox(reason, `${nextStep}\n\n${shortCode}`);
  } else app.relaunch({ args: [...process.argv.slice(1).filter((argument) => argument !== RESTARTED), RESTARTED] });
  app.quit();
}

async function stopThenQuit(): Promise<void> {
  await station.stop();
  hasStopped = true;
  app.quit();
}

/** A station without a core sells nothing: the plain page that says why takes the place of the till, until a core is back. */
function showCoreState(state: CoreState): void {
  if (window === undefined) return;
  if (state.state === 'stopped') showPage(window, 'stopped.html');
  else if (state.state === 'ready') showPage(window, 'index.html');
}
