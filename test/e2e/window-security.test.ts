import { readFileSync } from 'node:fs';
import { expect, test } from './support/station-test.ts';

test('opens a window whose processes are shut in by the sandbox, as a user other than root', async ({ launch }) => {
  const { app, page, isSandboxed } = await launch();
  expect(isSandboxed, 'this machine allows no Chromium sandbox: user namespaces are off').toBe(true);
  await expect(page).toHaveURL('app://station/index.html');

  const processes = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ type, pid }) => ({ type, pid })),
  );
  const main = processes.find(({ type }) => type === 'Browser');
  const pages = processes.filter(({ type }) => type === 'Tab');
  expect(pages.length).toBeGreaterThan(0);
  expect(statusOf(main?.pid, 'Uid').split(/\s+/)).not.toContain('0');
  for (const { pid } of pages) {
    expect(statusOf(pid, 'Seccomp')).toBe('2');
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain('no-sandbox');
  }
});

test('gives each load of the page a fresh nonce and a policy without anything inline or remote', async ({ launch }) => {
  const { page } = await launch();
  const policies: string[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/index.html')) policies.push(response.headers()['content-security-policy'] ?? '');
  });
  await page.reload();
  await page.reload();
  expect(policies).toHaveLength(2);
  expect(policies[0]).toContain(`default-src 'none'; script-src 'self'; style-src 'self' 'nonce-`);
  expect(policies[0]).not.toMatch(/unsafe|https?:|\*/);
  expect(policies[0]).not.toBe(policies[1]);
  const nonce = await page.locator('meta[name="csp-nonce"]').getAttribute('content');
  expect(policies[1]).toContain(`'nonce-${nonce}'`);

  const isBlocked = await page.evaluate(() => {
    const { document, window } = globalThis as unknown as {
      document: { createElement: (tag: string) => { textContent: string }; head: { append: (node: unknown) => void } };
      window: Record<string, unknown>;
    };
    const script = document.createElement('script');
    script.textContent = 'window.ranInline = true';
    document.head.append(script);
    return window['ranInline'] === undefined;
  });
  expect(isBlocked).toBe(true);
});

test('keeps the page where it is: no navigation, no second window, no request to elsewhere, no Node', async ({
  launch,
}) => {
  const { app, page } = await launch();
  const outcome = await page.evaluate(async () => {
    const page = globalThis as unknown as {
      location: { href: string };
      open: (url: string) => unknown;
      fetch: (url: string) => Promise<unknown>;
      Notification: { requestPermission: () => Promise<string> };
      process?: unknown;
      require?: unknown;
    };
    page.location.href = 'https://example.org/';
    return {
      opened: page.open('app://station/index.html') !== null,
      fetched: await page.fetch('https://example.org/').then(
        () => true,
        () => false,
      ),
      permission: await page.Notification.requestPermission(),
      hasNode: page.process !== undefined || page.require !== undefined,
    };
  });
  expect(outcome).toEqual({ opened: false, fetched: false, permission: 'denied', hasNode: false });
  // Not `toHaveURL`: Playwright waits for the navigation that was refused.
  expect(await page.evaluate(() => (globalThis as unknown as { location: { href: string } }).location.href)).toBe(
    'app://station/index.html',
  );
  expect(app.windows()).toHaveLength(1);
});

test('takes from the page only known methods of a known shape and size', async ({ launch }) => {
  const { page } = await launch();
  const replies = await page.evaluate(async () => {
    const { station } = globalThis as unknown as {
      station: { call: (method: unknown, input: unknown) => Promise<{ ok: boolean; error?: { code: string } }> };
    };
    const huge = 'x'.repeat(2 * 1024 * 1024);
    const calls = [station.call('station.kill', {}), station.call(7, {}), station.call('sale.addItem', { huge })];
    return (await Promise.all(calls)).map((reply) => reply.error?.code);
  });
  expect(replies).toEqual(['unknown_method', 'invalid_input', 'invalid_input']);
});

/** A line of what the kernel says about a process. */
function statusOf(pid: number | undefined, field: string): string {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
}
