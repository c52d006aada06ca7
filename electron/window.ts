import { BrowserWindow, screen } from 'electron';
import { fileURLToPath } from 'node:url';
import type { Language } from '../contract/format.ts';
import { APP_ORIGIN } from './app-files.ts';
import { LANGUAGE_ARGUMENT } from './bridge.ts';
import { watchPage } from './watch-page.ts';

export type StationPage = 'index.html' | 'stopped.html';

/** The smallest till screen in use. */
const MIN_SIZE = { width: 1024, height: 700 };

/** Opens the station's window on the whole work area, hidden until its first paint, so that no white flash is seen. */
export function openStationWindow(options: {
  readonly language: Language;
  readonly isDev: boolean;
  /** No page can be shown any more by this process. */
  readonly onHopeless: () => void;
}): BrowserWindow {
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
  watchPage(window, { onWorn: () => showPage(window, 'stopped.html'), onHopeless: options.onHopeless });
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
