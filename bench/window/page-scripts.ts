/*
 * What runs inside of a page, as text: this project's types know no DOM outside of the renderer.
 */

/**
 * Gives a page `nextLine(count)`, and `watchKey()` with `keySeen`: how long the last Enter, or the next character in the
 * barcode field, took to be seen.
 *
 * `frameMs`: until the animation frame began that shows it. `paintedMs`: until the frame after that one began, which is when
 * the first has certainly been painted.
 */
export const LINE_CLOCK = `(() => {
  let enteredAt = 0;
  let typed = () => undefined;
  addEventListener('keydown', (event) => {
    if (event.key === 'Enter') enteredAt = performance.now();
    else typed(performance.now());
  }, { capture: true });
  const seen = (sinceMs) => new Promise((resolve) => requestAnimationFrame(() => {
    const frameMs = performance.now() - sinceMs;
    requestAnimationFrame(() => resolve({ frameMs, paintedMs: performance.now() - sinceMs }));
  }));
  window.nextLine = (count) => new Promise((resolve) => {
    const observer = new MutationObserver(look);
    function look() {
      if (document.querySelectorAll('[data-testid=line]').length < count) return;
      observer.disconnect();
      seen(enteredAt).then(resolve);
    }
    observer.observe(document, { childList: true, subtree: true });
    look();
  });
  window.watchKey = () => void (window.keySeen = new Promise((resolve, reject) => {
    const field = document.querySelector('[data-testid=barcode]');
    const before = field.value;
    setTimeout(() => reject(new Error('a key was typed and nothing came into the field')), 5000);
    typed = (atMs) => {
      typed = () => undefined;
      const look = () => {
        if (field.value === before) return requestAnimationFrame(look);
        const frameMs = performance.now() - atMs;
        requestAnimationFrame(() => resolve({ frameMs, paintedMs: performance.now() - atMs }));
      };
      requestAnimationFrame(look);
    };
  }));
})();`;

/** The floor's page: keys are collected, Enter asks the echo, its answer becomes one line. */
const FLOOR_LISTENER = `
  let code = '';
  addEventListener('keydown', async (event) => {
    if (event.key.length === 1) code += event.key;
    if (event.key !== 'Enter') return;
    const input = { commandId: crypto.randomUUID?.() ?? '', saleId: '', barcode: code };
    code = '';
    const { output } = await window.floor.call('sale.addItem', input);
    const line = document.createElement('li');
    line.dataset.testid = 'line';
    line.textContent = output.lines.at(-1).description;
    document.querySelector('ol').append(line);
  });`;

export const FLOOR_PAGE = `data:text/html;charset=utf-8,${encodeURIComponent(
  `<!doctype html><ol></ol><script>${LINE_CLOCK}${FLOOR_LISTENER}</script>`,
)}`;

/** Preload of the floor's page, as sandboxed and isolated as the product's. */
export const FLOOR_PRELOAD = `const { contextBridge, ipcRenderer } = require('electron');
contextBridge.exposeInMainWorld('floor', { call: (method, input) => ipcRenderer.invoke('floor:call', { method, input }) });
`;

/** Main of an Electron that does nothing but open a window, with the product's page settings and profile folder. */
export const EMPTY_APP = `const { app, BrowserWindow, Menu } = require('electron');
const data = process.argv.find((argument) => argument.startsWith('--data=')).slice('--data='.length);
app.setPath('userData', data + '/window');
app.enableSandbox();
Menu.setApplicationMenu(null);
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, show: false, webPreferences: { sandbox: true, spellcheck: false } });
  window.once('ready-to-show', () => window.show());
  window.loadURL('data:text/html,<p data-testid="ready">pronto</p>');
});
`;

/** Resolves with the wall clock when what \`selector\` names has been painted. */
export function paintedAt(selector: string): string {
  return `new Promise((resolve) => {
    const look = () => document.querySelector(${JSON.stringify(selector)}) === null
      ? requestAnimationFrame(look)
      : requestAnimationFrame(() => requestAnimationFrame(() => resolve(Date.now())));
    look();
  })`;
}
