import type { BrowserWindow, WebContents } from 'electron';

/** A page that dies this often within a minute is not loaded again. */
const MAX_RELOADS_PER_MINUTE = 3;
const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = 2_000;
/** A page that was loaded again and has no process after this gets none any more. */
const HOPELESS_AFTER_MS = 8_000;

/**
 * Brings the page of a window back whenever its process dies. The open sale lives in the core: a page that is loaded
 * again shows it as it was.
 *
 *   it died, as Chromium tells --> loaded again; more than three times in a minute --> onWorn
 *   it has no process, as nobody tells where that which starts them died, too --> loaded again
 *                                                   '--> still has none --> onHopeless: this app shows no page any more
 */
export function watchPage(
  window: BrowserWindow,
  { onWorn, onHopeless }: { readonly onWorn: () => void; readonly onHopeless: () => void },
): void {
  let deaths: number[] = [];
  let lackingSince: number | null = null;
  window.webContents.on('render-process-gone', (_event, details) => {
    if (window.isDestroyed() || details.reason === 'clean-exit') return;
    tell(`its process is gone (${details.reason}, code ${details.exitCode})`);
    const now = performance.now();
    deaths = [...deaths.filter((at) => now - at < MINUTE_MS), now];
    if (deaths.length <= MAX_RELOADS_PER_MINUTE) window.webContents.reload();
    else onWorn();
  });

  function look(): void {
    if (hasProcess(window.webContents)) {
      lackingSince = null;
      return;
    }
    const now = performance.now();
    if (lackingSince === null) {
      lackingSince = now;
      tell('its page has no process');
      window.webContents.reload();
    } else if (now - lackingSince >= HOPELESS_AFTER_MS) {
      clearInterval(looking);
      tell('no page can be started any more');
      onHopeless();
    }
  }
  let looking: NodeJS.Timeout | undefined;
  window.webContents.once('did-finish-load', () => (looking = setInterval(look, LOOK_EVERY_MS)));
  window.on('closed', () => clearInterval(looking));
}

function hasProcess(contents: WebContents): boolean {
  return !contents.isCrashed() && contents.getOSProcessId() !== 0;
}

function tell(what: string): void {
  process.stderr.write(`window: ${what}\n`);
}
