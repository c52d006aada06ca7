import type { Connector, Page, PageRequest, Remote } from './connector.ts';

/**
 * The same connector, which asks for the next page of the catalogue while the last one is being kept: a first load waits
 * for the server and the disk at the same time. Calls stay one after another, and a page is handed out only to who asks
 * for exactly it: what is kept, and when a cursor moves, is decided as without it.
 */
export function readAhead<Source extends Pick<Connector, 'pullProducts' | 'pullPrices' | 'pullStock'>>(
  connector: Source,
): Source {
  return {
    ...connector,
    pullProducts: askAhead(connector.pullProducts),
    pullPrices: askAhead(connector.pullPrices),
    pullStock: askAhead(connector.pullStock),
  };
}

type Ask<Row> = (request: PageRequest) => Promise<Remote<Page<Row>>>;

function askAhead<Row>(ask: Ask<Row>): Ask<Row> {
  let coming: { readonly key: string; readonly page: Promise<Remote<Page<Row>>> } | null = null;
  return async (request) => {
    const key = JSON.stringify(request);
    const asked = coming?.key === key ? coming.page : ask(request);
    coming = null;
    const page = await asked;
    if (page.ok && page.value.more && page.value.nextTransId > request.transId) {
      const following = { ...request, transId: page.value.nextTransId };
      const next = ask(following);
      // Thrown to who asks for it; a load that ended before asks for nothing any more.
      next.catch(() => undefined);
      coming = { key: JSON.stringify(following), page: next };
    }
    return page;
  };
}
