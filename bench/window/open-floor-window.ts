import type { ElectronApplication, Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFolder } from '../../scripts/resolve-electron.ts';
import { FLOOR_PAGE, FLOOR_PRELOAD } from './page-scripts.ts';

/** Named from the checkout's root, which the window's user may see at another place than we do. */
const ECHO = relative(projectFolder, fileURLToPath(new URL('../floor/echo-process.ts', import.meta.url)));

/**
 * Opens a second window in the running app: page -> main -> a forked echo process on the project's Node -> back, the way
 * of a scan without a station at its end.
 */
export async function openFloorWindow(
  app: ElectronApplication,
  folder: string,
  reply: object,
): Promise<{ readonly page: Page }> {
  const preload = join(folder, 'floor-preload.cjs');
  writeFileSync(preload, FLOOR_PRELOAD, { mode: 0o644 });
  const opened = app.waitForEvent('window');
  await app.evaluate(
    async ({ app: electron, BrowserWindow, ipcMain }, options) => {
      const { spawn } = process.getBuiltinModule('node:child_process');
      const root = electron.getAppPath();
      const echo = spawn(`${root}/node_modules/node/bin/node`, [`${root}/${options.echo}`], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        serialization: 'json',
      });
      const waiting = new Map<number, (answer: unknown) => void>();
      let lastId = 0;
      echo.on('message', (message: { id: number }) => waiting.get(message.id)?.(message));
      echo.send({ reply: options.reply });
      ipcMain.handle('floor:call', (_event, call: object) => {
        lastId += 1;
        const id = lastId;
        return new Promise((resolve) => {
          waiting.set(id, resolve);
          echo.send({ id, ...call });
        });
      });
      const [station] = BrowserWindow.getAllWindows();
      const window = new BrowserWindow({
        ...station?.getBounds(),
        webPreferences: {
          preload: options.preload,
          sandbox: true,
          contextIsolation: true,
          backgroundThrottling: false,
        },
      });
      await window.loadURL(options.url);
    },
    { preload, reply, url: FLOOR_PAGE, echo: ECHO },
  );
  return { page: await opened };
}
