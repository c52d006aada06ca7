import { BrowserWindow, screen } from 'electron';
import { fileURLToPath } from 'node:url';
import type { Language } from '../contract/format.ts';
import { APP_ORIGIN } from './app-files.ts';
import { LANGUAGE_ARGUMENT } from './bridge.ts';

export type StationPage = 'index.html' | 'stopped.html';

/** A page that dies this often within a minute is not loaded again: its place is taken by the page that says so. */
const MAX_RELOADS_PER_MINUTE = 3;
const MINUTE_MS = 60_000;
/** The smallest till screen in use. */
const MIN_SIZE = { width: 1024, height: 700 };

/** Opens the station's window on the whole work area, hidden until its first paint, so that no white flash is seen. */
export function openStationWindow(options: { readonly language: Language; readonly isDev: boolean }): BrowserWindow {
  const { workArea } = screen.getPrimaryDisplay();
  const window = new BrowserWindow({
    ...workArea,
    minWidth: Math.min(MIN_SIZE.width, workArea.width),
    minHeight: Math.min(MIN_SIZE.height, workArea.height),
    show: false,
    title: 'Station',
    backgroundColor: '#f4f5f7',
    webPreferences: {
      preload: fileURLToPath(new URL('preload.cjs', import.meta.url)),
      additionalArguments: [`${LANGUAGE_ARGUMENT}${options.language}`],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: options.isDev,
      spellcheck: false,
      // A till in the background still shows what the core sends.
      backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  reloadWhenPageDies(window);
  return window;
}

/** Shows one of the app's pages, unless the window is gone or shows it already. */
export function showPage(window: BrowserWindow, page: StationPage): void {
  const url = `${APP_ORIGIN}/${page}`;
  if (window.isDestroyed() || window.webContents.getURL() === url) return;
  window.loadURL(url).catch((error: unknown) => {
    // A newer load interrupts an older one; the newer one reports for itself.
    if (!String(error).includes('ERR_ABORTED'))
      process.stderr.write(`window: ${page} did not load: ${String(error)}\n`);
  });
}

/** The open sale lives in the core: a page that is loaded again shows it as it was. */
function reloadWhenPageDies(window: BrowserWindow): void {
  let deaths: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    if (window.isDestroyed() || details.reason === 'clean-exit') return;
    process.stderr.write(`window: its process is gone (${details.reason}, code ${details.exitCode})\n`);
    const now = performance.now();
    deaths = [...deaths.filter((at) => now - at < MINUTE_MS), now];
    if (deaths.length <= MAX_RELOADS_PER_MINUTE) window.webContents.reload();
    else showPage(window, 'stopped.html');
  });
}
