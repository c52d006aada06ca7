import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { MethodInput, MethodName, MethodOutput } from '../../contract/station-api.ts';
import { createStationClient } from '../../contract/station-client.ts';
import { reachCore } from '../../core/cli/reach-core.ts';
import { drained, openDemoTill, postTo, serverOf } from '../support/demo-erp.ts';
import { BARCODES, ring, sell } from '../support/spawn-station.ts';
import { createGallery } from './support/gallery.ts';
import { expect, test } from './support/station-test.ts';

/* The list of everything the station recorded, by keyboard alone: filter, jump, the story of a sale, a refused one sent again. */

/** Rows that do not begin where the one before them ends. */
const UNEVEN_ROWS = `[...document.querySelectorAll('[data-testid=movement-row]')]
  .map((row) => ({ place: Number(row.ariaPosInSet), ...row.getBoundingClientRect().toJSON() }))
  .sort((one, other) => one.place - other.place)
  .filter((row, index, all) => index > 0 && Math.abs(row.top - all[index - 1].bottom) > 0.5)
  .map(({ place, top }) => ({ place, top }))`;

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 60 });
  await page.waitForTimeout(150);
}

test('a refused sale is found, looked at and sent again by keyboard', async ({ launch }) => {
  test.setTimeout(240_000);
  const { page, data } = await launch();
  const core = await reachCore(data);
  const client = createStationClient(core.call);
  const must = async <M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> => {
    const reply = await client.call(method, input);
    if (!reply.ok) throw new Error(`${method} was refused: ${JSON.stringify(reply.error)}`);
    return reply.output;
  };
  const gallery = createGallery(page, 'gallery-movements', 'pt-BR');
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const dialog = page.getByRole('dialog');
  const count = page.getByTestId('movements-count');
  const detail = page.getByTestId('movement-detail');
  const rows = page.getByTestId('movement-row');
  try {
    // What is to be found is sold by the core itself: the window is what is looked at here.
    await openDemoTill({ must });
    for (let index = 0; index < 30; index += 1) await sell({ must }, [BARCODES.tShirt]);
    await drained({ must });
    const server = await serverOf({ must });
    await postTo(server, '/admin/faults', {
      seed: 1,
      faults: { errorInside200: { methods: ['pedido_venda.inclui'] } },
    });
    const refused = await sell({ must }, [BARCODES.jeans]);
    await expect.poll(async () => (await must('sync.view', {})).errors, { timeout: 30_000 }).toBe(1);

    await expect(page.getByTestId('till')).toBeVisible();
    await press('Control+l');
    await expect(count).toHaveText('32 ao todo');
    await expect(rows.first()).toContainText('Recusado');
    await gallery.show('movements');
    await press('End');
    await expect(detail).toContainText('Abertura do caixa');
    await gallery.show('movement-of-the-drawer');
    await press('Home');

    // The rows grow with the window, and none covers another.
    const { width, height } = await page.evaluate<{ width: number; height: number }>(
      '({ width: innerWidth, height: innerHeight })',
    );
    const heightOf = async (): Promise<number> => (await rows.first().boundingBox())?.height ?? 0;
    const small = await heightOf();
    await page.setViewportSize({ width: 2560, height: 1440 });
    await expect.poll(heightOf).toBeGreaterThan(small);
    await expect.poll(() => page.evaluate(UNEVEN_ROWS)).toEqual([]);
    await page.setViewportSize({ width, height });
    await expect.poll(() => page.evaluate(UNEVEN_ROWS)).toEqual([]);

    await press('F3');
    await type(page, '12');
    await expect(count).toHaveText('1 encontrada');
    await expect(detail).toHaveAttribute('data-number', 'E01000000012');
    await gallery.show('movements-found');
    await press('Control+a');
    await type(page, '999');
    await expect(page.getByText('Nenhuma movimentação com este filtro')).toBeVisible();
    await gallery.show('movements-none');
    await press('Escape');
    await expect(count).toHaveText('32 ao todo');

    await press('F4');
    await expect(dialog).toBeVisible();
    await type(page, '99');
    await press('Enter');
    await expect(page.getByText('Não há movimentação com este número')).toBeVisible();
    await gallery.show('jump');
    await press('Control+a');
    await type(page, '3');
    await press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(detail).toHaveAttribute('data-number', 'E01000000003');
    await expect(page.locator('[role=option][aria-selected=true]')).toBeInViewport();
    await expect(page.getByTestId('timeline')).toContainText('Confirmada pelo ERP');

    // The choice of the state takes the arrows for itself, the rows have them again after it.
    await press('F3', 'Tab', 'Tab', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    await expect(page.getByTestId('movement-state')).toHaveValue('rejected');
    await expect(count).toHaveText('1 encontrada');
    await press('F3', 'Enter');
    await expect(page.getByRole('listbox')).toBeFocused();
    await expect(detail).toHaveAttribute('data-number', refused.number ?? '');
    await expect(page.getByTestId('document-repair')).toBeVisible();
    await gallery.show('movement-refused');
    await press('F8');
    await expect(dialog).toContainText('nunca será enviada ao ERP');
    await gallery.show('discard');
    await press('Escape');
    await expect(dialog).toHaveCount(0);
    await press('Control+s');
    await expect(page.getByTestId('sync-errors')).toContainText(refused.number ?? '');
    await gallery.show('sync-errors');
    await press('Escape');
    await expect(dialog).toHaveCount(0);

    await press('F6');
    await expect(page.getByTestId('timeline')).toContainText('Reenvio pedido');
    await postTo(server, '/admin/faults', { faults: {} });
    await press('F6');
    await expect(page.getByText('Nenhuma movimentação com este filtro')).toBeVisible({ timeout: 40_000 });
    await press('Escape');
    await expect(detail).toHaveAttribute('data-number', refused.number ?? '');
    await expect(page.getByTestId('timeline')).toContainText('Confirmada pelo ERP', { timeout: 40_000 });
    await gallery.show('movement-sent-again');
    await press('Escape');
    await expect(page.getByTestId('till')).toBeVisible();

    // Before the drawer is counted what is open is told, with the way to each.
    await must('sale.park', { commandId: randomUUID(), saleId: await ring({ must }, [BARCODES.jeans]), note: 'Ana' });
    await press('F11');
    await expect(page.getByTestId('cash-open')).toContainText('1 venda suspensa');
    await gallery.show('cash-with-parked');
    await press('F7');
    await expect(dialog).toContainText('Ana');
    await press('Enter');
    await expect(page.getByTestId('line')).toHaveCount(1);

    // A printer and a server that are away: both say so, and the shop keeps its whole name.
    await must('printer.configure', { target: { kind: 'network', host: '127.0.0.1', port: 9 } });
    await must('demo.setServer', { running: false });
    const [paper] = (await must('movement.get', { documentId: refused.saleId })).papers;
    await must('paper.print', { commandId: randomUUID(), paperId: paper?.paperId ?? '' });
    await expect(page.getByTestId('printer-badge')).toContainText('Impressora não responde', { timeout: 40_000 });
    await expect(page.getByTestId('sync-badge')).toContainText('Sem servidor', { timeout: 40_000 });
    await gallery.show('two-badges');
    const isCut = `(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
      scrollWidth > clientWidth || scrollHeight > clientHeight)(document.querySelector('.top-bar-branch'))`;
    expect(await page.evaluate<boolean>(isCut)).toBe(false);

    gallery.finish();
    expect(gallery.findings).toEqual([]);
  } finally {
    await core.close();
  }
});
